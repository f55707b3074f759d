package io.github.ultrafeedback.dataset.internal.json;

/** A row that cannot be used; it fails alone. The message does not hold the row's text. */
public final class BadRowException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A row that cannot be used.
     *
     * @param message what is wrong and what would be right
     */
    public BadRowException(String message) {
        super(message);
    }
}
