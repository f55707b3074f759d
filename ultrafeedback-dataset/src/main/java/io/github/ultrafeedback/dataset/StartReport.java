package io.github.ultrafeedback.dataset;

import java.util.List;

/**
 * What a run found when it started.
 *
 * @param rows rows of the input
 * @param badRows those that cannot be used, and fail alone
 * @param calls calls that all rows ask for
 * @param done calls answered before, which are not asked again
 * @param failed calls that failed before, which are not asked again unless by {@link GenerationJob#retryFailed}
 * @param held calls left aside by {@link PossiblyPaid#HOLD}
 * @param possiblyPaid calls that were in flight when an earlier run died: possibly paid, no answer kept
 */
public record StartReport(
        long rows, long badRows, long calls, long done, long failed, long held, List<Call> possiblyPaid) {
    /** Copies the list. */
    public StartReport {
        possiblyPaid = List.copyOf(possiblyPaid);
    }
}
