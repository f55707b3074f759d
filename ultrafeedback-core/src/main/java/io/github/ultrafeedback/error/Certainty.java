package io.github.ultrafeedback.error;

/** What is known of the work behind a failed request: the line between a free retry and paying twice. */
public enum Certainty {
    /** The request never left this process: trying again costs nothing. */
    NOT_SENT,
    /** The other side answered that it did not do the work: trying again is not paid twice. */
    REFUSED,
    /** The request went out and no answer came back: the work may have been done, and paid for. */
    MAYBE_DONE
}
