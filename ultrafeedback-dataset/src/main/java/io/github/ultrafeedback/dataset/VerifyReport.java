package io.github.ultrafeedback.dataset;

import java.util.List;

/**
 * What came of asking again.
 *
 * @param compared calls that were asked again and answered
 * @param different those of them whose text or tokens differ from what the journal holds
 * @param unanswered calls that failed this time
 */
public record VerifyReport(long compared, List<Call> different, List<Call> unanswered) {
    /** Copies the lists. */
    public VerifyReport {
        different = List.copyOf(different);
        unanswered = List.copyOf(unanswered);
    }
}
