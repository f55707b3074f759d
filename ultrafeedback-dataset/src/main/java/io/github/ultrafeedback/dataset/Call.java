package io.github.ultrafeedback.dataset;

/**
 * One question to one model.
 *
 * @param rowId id of the row
 * @param model the model, as the job names it
 * @param sample which of the answers that this model gives to this row, from 0
 */
public record Call(String rowId, String model, int sample) {}
