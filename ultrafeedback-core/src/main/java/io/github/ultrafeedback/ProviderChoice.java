package io.github.ultrafeedback;

import io.github.ultrafeedback.error.AmbiguousProviderException;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.error.ModelNotFoundException;
import io.github.ultrafeedback.error.ModelNotRunnableException;
import io.github.ultrafeedback.model.ModelSpec;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which of the providers found opens a model, and says why none does. */
final class ProviderChoice {
    /** Our own schemes, so that a missing dependency can be named. */
    private static final Map<String, String> OURS = Map.of(
            "openai", "io.github.ultrafeedback:ultrafeedback-openai",
            "onnx", "io.github.ultrafeedback:ultrafeedback-onnx",
            "batch", "io.github.ultrafeedback:ultrafeedback-batch");

    private static final Logger LOG = LoggerFactory.getLogger(ProviderChoice.class);

    private final List<GeneratorProvider> providers;
    private final List<String> broken;
    private final GeneratorOptions options;

    ProviderChoice(ProviderLoader.Found found, GeneratorOptions options) {
        this.providers = found.providers();
        this.broken = new ArrayList<>(found.broken());
        this.options = options;
    }

    Generator open(ModelRef asked) {
        Optional<ModelSpec> spec = UltraFeedbackModels.find(asked.name());
        if (spec.isPresent() && spec.get().access() == ModelSpec.Access.NONE) {
            throw new ModelNotRunnableException("'" + asked + "' cannot be run: no checkpoint or API of it is public."
                    + " Take another of the UltraFeedback models.");
        }
        ModelRef model = asked;
        String scheme = asked.scheme();
        if (scheme != null) {
            List<GeneratorProvider> named =
                    providers.stream().filter(p -> p.name().equals(scheme)).toList();
            if (!named.isEmpty()) {
                return open(single(asked, named), asked);
            }
            if (OURS.containsKey(scheme)) {
                throw notFound(asked);
            }
            model = new ModelRef(null, asked.toString()); // the colon belongs to the name, as in 'llama3:8b'
        }
        List<GeneratorProvider> willing = willing(model);
        if (willing.isEmpty()) {
            throw notFound(model);
        }
        return open(single(model, willing), model);
    }

    /** A backend that cannot be linked, for lack of a library for example, must say so by name. */
    private Generator open(GeneratorProvider provider, ModelRef model) {
        try {
            return provider.open(model, options);
        } catch (LinkageError e) {
            throw new ModelLoadException(
                    "Provider " + named(provider) + " cannot open '" + model + "': " + ProviderLoader.report(e)
                            + ". Check that all its dependencies are on the class path, in versions that fit.",
                    e);
        }
    }

    private List<GeneratorProvider> willing(ModelRef model) {
        List<GeneratorProvider> willing = new ArrayList<>();
        for (GeneratorProvider provider : providers) {
            try {
                if (provider.supports(model, options)) {
                    willing.add(provider);
                }
            } catch (RuntimeException | LinkageError e) { // a broken provider must not hide the others
                String line = provider.getClass().getName() + ": " + ProviderLoader.report(e);
                LOG.warn("Passed over a generator provider: {}", line);
                broken.add(line);
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
                    + best.stream().map(ProviderChoice::named).collect(Collectors.joining(" and "))
                    + " with equal priority " + highest + ". " + wayOut(model, best));
        }
        return best.get(0);
    }

    private static String wayOut(ModelRef model, List<GeneratorProvider> best) {
        long names = best.stream().map(GeneratorProvider::name).distinct().count();
        return names < best.size()
                ? "Providers of one name cannot be told apart: take one off the class path."
                : "Write the scheme of one before the name, for example '"
                        + best.get(0).name() + ":" + model.name() + "', or take one off the class path.";
    }

    private static String named(GeneratorProvider provider) {
        return provider.name() + " (" + provider.getClass().getName() + ")";
    }

    private ModelNotFoundException notFound(ModelRef model) {
        StringBuilder text = new StringBuilder("No provider opens '" + model + "'. ");
        text.append(providers.isEmpty() ? "No provider was found on the class path." : "Found: " + found() + ".");
        if (!broken.isEmpty()) {
            text.append(" Passed over: ").append(String.join("; ", broken)).append('.');
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
        Optional<Path> folder = options.modelPath().filter(path -> !Files.isDirectory(path));
        if (folder.isPresent()) {
            return "GeneratorOptions.modelPath is '" + folder.get() + "', which is not a folder: name one that exists.";
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
