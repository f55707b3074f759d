package io.github.ultrafeedback.onnx.internal.generation;

/** What a drawn token does to its choice, as far as ids tell. */
public enum TokenVerdict {
    /** The choice goes on, unless the token completes a stop string. */
    GO_ON,
    /** The model's end token: it ends the choice and gives no text. */
    END_TOKEN,
    /** A stop token of the request or the model's prompts: it ends the choice and gives no text. */
    STOP_TOKEN,
    /** The last token that the choice has room for; it gives text, and may complete a stop string. */
    LENGTH;

    /**
     * Whether it ends the choice.
     *
     * @return false for {@link #GO_ON} alone
     */
    public boolean ends() {
        return this != GO_ON;
    }
}
