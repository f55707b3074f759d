package io.github.ultrafeedback.dataset.internal.journal;

/**
 * Which call is meant.
 *
 * @param row index of the row in the input, from 0
 * @param model the model, as the job names it
 * @param sample which of the answers that this model gives to this row, from 0
 */
public record CallAddress(long row, String model, int sample) {}
