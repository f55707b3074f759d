package io.github.ultrafeedback.onnx;

/** What a drawn token does to its choice, as far as ids tell. */
enum TokenVerdict {
    /** The choice goes on, unless the token completes a stop string. */
    GO_ON,
    /** The model's end token: it ends the choice and gives no text. */
    END_TOKEN,
    /** A stop token of the request or the model's prompts: it ends the choice and gives no text. */
    STOP_TOKEN,
    /** The last token that the choice has room for; it gives text, and may complete a stop string. */
    LENGTH;

    boolean ends() {
        return this != GO_ON;
    }
}
