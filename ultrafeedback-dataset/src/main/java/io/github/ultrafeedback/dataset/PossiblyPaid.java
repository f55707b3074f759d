package io.github.ultrafeedback.dataset;

/**
 * What to do with calls that were in flight when a run died: they may have been done and paid for, but no answer was
 * kept. Each of them is named in the {@link StartReport}.
 */
public enum PossiblyPaid {
    /** Ask again, and perhaps pay twice. The default. */
    ASK_AGAIN,
    /** Leave them aside until a run with another policy. */
    HOLD,
    /** Count them as failed; {@link GenerationJob#retryFailed} asks them again. */
    FAIL
}
