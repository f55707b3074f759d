package io.github.ultrafeedback;

import java.util.Objects;

/** What ended a choice with {@link FinishReason#STOP}, where it was asked for and not the model's own end token. */
public sealed interface StopReason permits StopReason.StopString, StopReason.StopToken {

    /**
     * A stop string that the text reached.
     *
     * @param text the string as it was asked for
     */
    record StopString(String text) implements StopReason {
        public StopString {
            Objects.requireNonNull(text, "text must not be null");
        }
    }

    /**
     * A stop token that the model said.
     *
     * @param id its id
     */
    record StopToken(int id) implements StopReason {}
}
