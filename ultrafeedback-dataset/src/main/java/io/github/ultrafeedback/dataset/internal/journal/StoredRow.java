package io.github.ultrafeedback.dataset.internal.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as it was stored.
 *
 * @param index its place in the input
 * @param id its id
 * @param hash hash of its text
 * @param models its models, in order
 * @param problem why it cannot be used, or null
 */
public record StoredRow(
        long index,
        String id,
        String hash,
        List<String> models,
        @Nullable String problem) {
    /** Copies the list. */
    public StoredRow {
        models = List.copyOf(models);
    }
}
