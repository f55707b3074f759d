package io.github.ultrafeedback;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a model, with or without the provider that shall run it.
 *
 * @param scheme the provider's name before the colon, or null where the providers shall be asked
 * @param name what stands after the colon, or the whole text: a model id, or a folder
 */
public record ModelRef(@Nullable String scheme, String name) {
    // Two letters at least, so that the drive in C:\models stays part of the path.
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]+");

    /**
     * Checks the parts.
     *
     * @throws NullPointerException if {@code name} is null
     * @throws IllegalArgumentException if {@code name} is blank, or {@code scheme} is no scheme
     */
    public ModelRef {
        if (scheme != null && !SCHEME.matcher(scheme).matches()) {
            throw new IllegalArgumentException("scheme must be a lower-case letter and then one or more of a-z, 0-9,"
                    + " '+', '.' and '-', got '" + scheme + "'; use the name of a provider, or null for none");
        }
        Objects.requireNonNull(name, "model must not be null");
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "model must name a model, for example 'gpt-4' or 'onnx:/models/smollm2', got a blank text"
                            + (scheme == null ? "" : " after '" + scheme + ":'"));
        }
    }

    /**
     * Reads a name such as {@code gpt-4}, {@code openai:gpt-4} or {@code onnx:/models/smollm2}. A single letter before
     * a colon is a Windows drive, not a scheme.
     *
     * @param model the text; not blank
     * @return its parts
     * @throws NullPointerException if {@code model} is null
     * @throws IllegalArgumentException if {@code model} is blank, or nothing stands after its scheme
     */
    public static ModelRef parse(String model) {
        Objects.requireNonNull(model, "model must not be null");
        int colon = model.indexOf(':');
        return colon >= 0 && SCHEME.matcher(model.substring(0, colon)).matches()
                ? new ModelRef(model.substring(0, colon), model.substring(colon + 1))
                : new ModelRef(null, model);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return scheme == null ? name : scheme + ":" + name;
    }
}
