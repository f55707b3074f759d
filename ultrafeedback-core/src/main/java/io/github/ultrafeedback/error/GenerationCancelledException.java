package io.github.ultrafeedback.error;

/** The request was cancelled, or its caller was interrupted, before the answer was there. */
public final class GenerationCancelledException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A cancelled request.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param certainty {@link Certainty#NOT_SENT} where the work had not begun
     */
    public GenerationCancelledException(String message, Certainty certainty) {
        super(message, true, certainty);
    }
}
