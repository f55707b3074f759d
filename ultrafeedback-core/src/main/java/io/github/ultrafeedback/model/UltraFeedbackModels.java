package io.github.ultrafeedback.model;

import java.util.Optional;

/** The models of UltraFeedback by id. */
public final class UltraFeedbackModels {
    private UltraFeedbackModels() {}

    /**
     * Looks a model up.
     *
     * @param id the name that UltraFeedback gives it
     * @return the model, or empty if it is none of UltraFeedback's
     */
    public static Optional<ModelSpec> find(String id) {
        return Optional.empty();
    }
}
