package io.github.ultrafeedback.error;

/** What is known of the work behind a failed request: the line between a free retry and paying twice. */
public enum Certainty {
    /** The request never left this process, and no model within it has begun on it: trying again costs nothing. */
    NOT_SENT,
    /** The other side answered that it did not do the work: trying again is not paid twice. */
    REFUSED,
    /**
     * The request went out, or a model within this process began on it, and no answer came back: the work may have been
     * done, in part or in whole, and paid for.
     */
    MAYBE_DONE
}
