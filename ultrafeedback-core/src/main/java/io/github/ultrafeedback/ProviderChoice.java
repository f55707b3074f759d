package io.github.ultrafeedback;

import io.github.ultrafeedback.error.AmbiguousProviderException;
import io.github.ultrafeedback.error.ModelNotFoundException;
import io.github.ultrafeedback.error.ModelNotRunnableException;
import io.github.ultrafeedback.model.ModelSpec;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides which of the providers found opens a model, and says why none does. */
final class ProviderChoice {
    /** Our own schemes, so that a missing dependency can be named. */
    private static final Map<String, String> OURS = Map.of(
            "openai", "io.github.ultrafeedback:ultrafeedback-openai",
            "onnx", "io.github.ultrafeedback:ultrafeedback-onnx",
            "batch", "io.github.ultrafeedback:ultrafeedback-batch");

    private final List<GeneratorProvider> providers;
    private final List<String> broken;
    private final GeneratorOptions options;

    ProviderChoice(ProviderLoader.Found found, GeneratorOptions options) {
        this.providers = found.providers();
        this.broken = new ArrayList<>(found.broken());
        this.options = options;
    }

    Generator open(ModelRef asked) {
        ModelRef model = asked;
        String scheme = asked.scheme();
        if (scheme != null) {
            List<GeneratorProvider> named =
                    providers.stream().filter(p -> p.name().equals(scheme)).toList();
            if (!named.isEmpty()) {
                return single(asked, named).open(asked, options);
            }
            if (OURS.containsKey(scheme)) {
                throw notFound(asked);
            }
            model = new ModelRef(null, asked.toString()); // the colon belongs to the name, as in 'llama3:8b'
        }
        Optional<ModelSpec> spec = UltraFeedbackModels.find(model.name());
        if (spec.isPresent() && spec.get().access() == ModelSpec.Access.NONE) {
            throw new ModelNotRunnableException("'" + model + "' cannot be run: no checkpoint or API of it is public."
                    + " Take another of the UltraFeedback models.");
        }
        List<GeneratorProvider> willing = willing(model);
        if (willing.isEmpty()) {
            throw notFound(model);
        }
        return single(model, willing).open(model, options);
    }

    private List<GeneratorProvider> willing(ModelRef model) {
        List<GeneratorProvider> willing = new ArrayList<>();
        for (GeneratorProvider provider : providers) {
            try {
                if (provider.supports(model, options)) {
                    willing.add(provider);
                }
            } catch (RuntimeException | LinkageError e) { // a broken provider must not hide the others
                broken.add(provider.getClass().getName() + ": " + ProviderLoader.report(e));
            }
        }
        return willing;
    }

    private static GeneratorProvider single(ModelRef model, List<GeneratorProvider> candidates) {
        int highest = candidates.stream()
                .max(Comparator.comparingInt(GeneratorProvider::priority))
                .orElseThrow()
                .priority();
        List<GeneratorProvider> best =
                candidates.stream().filter(p -> p.priority() == highest).toList();
        if (best.size() > 1) {
            throw new AmbiguousProviderException("'" + model + "' is claimed by "
                    + best.stream()
                            .map(p -> p.name() + " (" + p.getClass().getName() + ")")
                            .collect(Collectors.joining(" and "))
                    + " with equal priority " + highest + ". Write the scheme of one before the name, for example '"
                    + best.get(0).name() + ":" + model.name() + "', or take one off the class path.");
        }
        return best.get(0);
    }

    private ModelNotFoundException notFound(ModelRef model) {
        StringBuilder text = new StringBuilder("No provider opens '" + model + "'. ");
        text.append(providers.isEmpty() ? "No provider was found on the class path." : "Found: " + found() + ".");
        if (!broken.isEmpty()) {
            text.append(" Could not be loaded: ")
                    .append(String.join("; ", broken))
                    .append('.');
        }
        return new ModelNotFoundException(text.append(' ').append(advice(model)).toString());
    }

    private String found() {
        return providers.stream().map(p -> p.name() + " (" + p.describe() + ")").collect(Collectors.joining(", "));
    }

    private String advice(ModelRef model) {
        String artifact = artifact(model.scheme());
        if (artifact != null) {
            return "Add the dependency " + artifact + ".";
        }
        Optional<ModelSpec> spec = UltraFeedbackModels.find(model.name());
        if (spec.isPresent() && spec.get().access() == ModelSpec.Access.LOCAL) {
            boolean noFolder = ModelLocation.find(model, options).isEmpty();
            return (noFolder ? ModelLocation.advice(spec.get()) + " It runs on " : "Add ") + local() + ".";
        }
        if (spec.isPresent()) {
            return "Add the dependency " + OURS.get("openai") + ".";
        }
        return "A model behind an API needs " + OURS.get("openai") + "; a folder with a model needs " + local()
                + ". Check the spelling of the name, and that a folder exists.";
    }

    private static @Nullable String artifact(@Nullable String scheme) {
        return scheme == null ? null : OURS.get(scheme);
    }

    private static String local() {
        return OURS.get("onnx") + " or " + OURS.get("batch");
    }
}
