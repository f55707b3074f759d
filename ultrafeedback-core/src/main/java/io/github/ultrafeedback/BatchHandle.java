package io.github.ultrafeedback;

import java.util.Objects;

/**
 * Names a batch at the other side.
 *
 * @param model the model that answers it
 * @param id the other side's name for it
 */
public record BatchHandle(ModelRef model, String id) {
    /**
     * Checks the parts.
     *
     * @throws NullPointerException if a part is null
     * @throws IllegalArgumentException if {@code id} is blank
     */
    public BatchHandle {
        Objects.requireNonNull(model, "model must not be null");
        if (id.isBlank()) {
            throw new IllegalArgumentException("id must name a batch, got a blank text");
        }
    }
}
