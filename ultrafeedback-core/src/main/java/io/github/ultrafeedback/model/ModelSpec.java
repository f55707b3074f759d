package io.github.ultrafeedback.model;

import org.jspecify.annotations.Nullable;

/**
 * One of the models of UltraFeedback.
 *
 * @param id the name that UltraFeedback gives it
 * @param checkpoint the public checkpoint or API model behind it, or null where none is known
 * @param access how it can be reached
 */
public record ModelSpec(String id, @Nullable String checkpoint, Access access) {
    /** How a model can be reached. */
    public enum Access {
        /** Behind an API. */
        API,
        /** From a folder with its weights. */
        LOCAL,
        /** Not at all. */
        NONE
    }
}
