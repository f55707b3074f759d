package io.github.ultrafeedback;

import io.github.ultrafeedback.error.ModelNotFoundException;
import io.github.ultrafeedback.model.ModelSpec;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a local model lies: the folder in the options; else, for an id of UltraFeedback's, the folder
 * {@code <models>/<id>}, where {@code <models>} is the system property {@value #PROPERTY} or the environment variable
 * {@value #VARIABLE}; else a folder of that name. An id means the same model wherever the program is started: a folder
 * of its name in the working directory is not looked at, unless it is written {@code ./<id>}.
 */
public final class ModelLocation {
    /** Name of the system property that holds the folder of model folders. */
    public static final String PROPERTY = "ultrafeedback.models";

    /** Name of the environment variable that holds the folder of model folders, where the property is not set. */
    public static final String VARIABLE = "ULTRAFEEDBACK_MODELS";

    private ModelLocation() {}

    /**
     * Finds the folder of a model.
     *
     * @param model the model
     * @param options may name the folder
     * @return an existing folder, or empty if there is none
     */
    public static Optional<Path> find(ModelRef model, GeneratorOptions options) {
        if (isUltraFeedbacks(model.name()) && !isLocalId(model.name())) {
            return Optional.empty(); // a folder in shared options must not answer in the name of an API model
        }
        if (options.modelPath().isPresent()) {
            return options.modelPath().filter(Files::isDirectory);
        }
        if (!isLocalId(model.name())) {
            return path(model.name()).filter(Files::isDirectory);
        }
        String models = models();
        return models == null
                ? Optional.empty()
                : path(models).map(base -> base.resolve(model.name())).filter(Files::isDirectory);
    }

    /**
     * The folder of a model that must have one.
     *
     * @param model the model
     * @param options may name the folder
     * @return an existing folder
     * @throws ModelNotFoundException if there is none; the message says where it was looked for
     */
    public static Path require(ModelRef model, GeneratorOptions options) {
        return find(model, options).orElseThrow(() -> new ModelNotFoundException(missing(model, options)));
    }

    private static String missing(ModelRef model, GeneratorOptions options) {
        if (isUltraFeedbacks(model.name()) && !isLocalId(model.name())) {
            return "'" + model.name() + "' does not run from a folder; it is a model behind an API or not public.";
        }
        if (options.modelPath().isPresent()) {
            return "modelPath must be an existing folder, got '"
                    + options.modelPath().get() + "'.";
        }
        return UltraFeedbackModels.find(model.name())
                .filter(spec -> spec.access() == ModelSpec.Access.LOCAL)
                .map(ModelLocation::advice)
                .orElse("'" + model.name() + "' is neither an existing folder nor one of the UltraFeedback models."
                        + " Name the folder that holds the model.");
    }

    /**
     * What to do about an UltraFeedback id without a folder.
     *
     * @param spec the model
     * @return a sentence that names the property, the variable and the checkpoint
     */
    static String advice(ModelSpec spec) {
        return "No folder for '" + spec.id() + "' was found. Export the checkpoint " + spec.checkpoint()
                + " to a folder and name it by GeneratorOptions.modelPath, or put it at <models>/" + spec.id()
                + " and set the system property " + PROPERTY + " or the environment variable " + VARIABLE
                + " to <models>.";
    }

    private static boolean isUltraFeedbacks(String name) {
        return UltraFeedbackModels.find(name).isPresent();
    }

    private static boolean isLocalId(String name) {
        return UltraFeedbackModels.find(name)
                .filter(spec -> spec.access() == ModelSpec.Access.LOCAL)
                .isPresent();
    }

    private static @Nullable String models() {
        String property = System.getProperty(PROPERTY);
        return property != null ? property : System.getenv(VARIABLE);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) { // a model id need not be a legal file name
            return Optional.empty();
        }
    }
}
