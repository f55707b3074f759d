package io.github.ultrafeedback.dataset.internal.journal;

/**
 * A failure as it was stored.
 *
 * @param number its number
 * @param rowId id of the row
 * @param entry what was written
 */
public record StoredFailure(long number, String rowId, JournalEntry.Failure entry) {}
