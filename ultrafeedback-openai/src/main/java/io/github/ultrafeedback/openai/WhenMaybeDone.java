package io.github.ultrafeedback.openai;

/** What to do with a request that failed in a way which leaves open whether the work was done, and paid for. */
public enum WhenMaybeDone {
    /** Ask again; {@link io.github.ultrafeedback.Completion#attempts} tells how often the work was asked for. */
    RETRY,
    /** Fail with {@link io.github.ultrafeedback.error.Certainty#MAYBE_DONE}, so that nothing is paid twice. */
    FAIL
}
