package io.github.ultrafeedback.error;

/** The request cannot be honoured as it is: a parameter that the backend lacks, or a value it refuses. Change it. */
public final class InvalidRequestException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A request that was found wrong.
     *
     * @param message the field, its value, what is allowed and what to do; no prompt text
     * @param certainty {@link Certainty#NOT_SENT} where we found it, {@link Certainty#REFUSED} where a server did
     */
    public InvalidRequestException(String message, Certainty certainty) {
        super(message, false, certainty);
    }

    /**
     * A request that was found wrong before anything was sent.
     *
     * @param message the field, its value, what is allowed and what to do; no prompt text
     */
    public InvalidRequestException(String message) {
        this(message, Certainty.NOT_SENT);
    }
}
