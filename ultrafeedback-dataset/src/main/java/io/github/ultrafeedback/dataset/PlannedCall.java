package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.dataset.internal.journal.CallAddress;

/**
 * A call that is to be made.
 *
 * @param address where its answer belongs
 * @param principle the category of its principle
 * @param system its system text
 * @param request what is asked
 * @param possiblyPaid whether an earlier run died while it was in flight
 */
record PlannedCall(
        CallAddress address, String principle, String system, GenerationRequest request, boolean possiblyPaid) {
    /** Names the call without its texts. */
    @Override
    public String toString() {
        return "PlannedCall[" + address + "]";
    }
}
