package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.GeneratorProvider;
import io.github.ultrafeedback.ModelLocation;
import io.github.ultrafeedback.ModelRef;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Opens {@link OpenAiBatchGenerator}, a {@link OpenAiGenerator} with batches, for OpenAI's models by their names, and
 * for any model of a server that is named.
 */
public final class OpenAiGeneratorProvider implements GeneratorProvider {
    /** Not gpt-neox, gpt-oss, olmo or opt, which run elsewhere. */
    private static final Pattern OPENAI_NAMES = Pattern.compile("(gpt-3\\.5|gpt-4|gpt-5|chatgpt-|o[0-9]).*");

    private final Map<String, String> environment;

    /** For {@link java.util.ServiceLoader}. */
    public OpenAiGeneratorProvider() {
        this(System.getenv());
    }

    OpenAiGeneratorProvider(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String describe() {
        return "models named gpt-3.5*, gpt-4*, gpt-5*, chatgpt-* or o1, o3 and so on, or any with"
                + " OpenAiSettings.baseUrl or OPENAI_BASE_URL";
    }

    @Override
    public boolean supports(ModelRef model, GeneratorOptions options) {
        boolean ownServer = options.settings(OpenAiSettings.class)
                .filter(settings -> settings.baseUrl() != null
                        || settings.azure() != null
                        || settings.traffic().endpoints().stream().anyMatch(endpoint -> endpoint.baseUrl() != null))
                .isPresent();
        return ownServer || OPENAI_NAMES.matcher(model.name()).matches() || served(model, options);
    }

    /** A variable is set once for many programs, so a model that lies on this machine is not meant by it. */
    private boolean served(ModelRef model, GeneratorOptions options) {
        String url = environment.get("OPENAI_BASE_URL");
        return url != null
                && !url.isBlank()
                && ModelLocation.find(model, options).isEmpty();
    }

    @Override
    public Generator open(ModelRef model, GeneratorOptions options) {
        return OpenAiBatchGenerator.open(model, options);
    }
}
