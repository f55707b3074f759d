package io.github.ultrafeedback;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the providers on the class path and the module path. One that cannot be loaded is reported by name and does not
 * hide the others.
 */
final class ProviderLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderLoader.class);
    // An iterator that fails without moving on would otherwise never end.
    private static final int MOST_FAILURES = 100;

    private ProviderLoader() {}

    /** What was found: providers that work, and a line for each one that does not. */
    record Found(List<GeneratorProvider> providers, List<String> broken) {}

    /**
     * Asks the loader of the calling thread, and where that one sees no provider, as in a common pool under a fat jar,
     * the loader of this library.
     */
    static Found load() {
        ClassLoader own = ProviderLoader.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Found found = load(context != null ? context : own);
        if (!found.providers().isEmpty() || context == null || context == own) {
            return found;
        }
        Found others = load(own);
        List<String> broken = new ArrayList<>(found.broken());
        others.broken().stream().filter(line -> !broken.contains(line)).forEach(broken::add);
        return new Found(others.providers(), broken);
    }

    private static Found load(ClassLoader loader) {
        List<GeneratorProvider> providers = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        Iterator<ServiceLoader.Provider<GeneratorProvider>> candidates =
                ServiceLoader.load(GeneratorProvider.class, loader).stream().iterator();
        boolean more = true;
        while (more && broken.size() < MOST_FAILURES) {
            try {
                more = candidates.hasNext();
                if (more) {
                    add(candidates.next(), providers, broken);
                }
            } catch (ServiceConfigurationError | LinkageError e) { // the entry is passed over, the next one is tried
                broken.add(report(e));
            }
        }
        broken.forEach(line -> LOG.warn("Passed over a generator provider: {}", line));
        return new Found(List.copyOf(providers), List.copyOf(broken));
    }

    private static void add(
            ServiceLoader.Provider<GeneratorProvider> candidate,
            List<GeneratorProvider> providers,
            List<String> broken) {
        try {
            GeneratorProvider provider = candidate.get();
            probe(provider);
            providers.add(provider);
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            broken.add(candidate.type().getName() + ": " + report(e));
        }
    }

    /** What the choice among providers and its error messages rest on: one that fails here is of no use later. */
    private static void probe(GeneratorProvider provider) {
        Objects.requireNonNull(provider.name(), "name() must not return null");
        Objects.requireNonNull(provider.describe(), "describe() must not return null");
        int unused = provider.priority();
    }

    static String report(Throwable failure) {
        Throwable cause = failure.getCause();
        String text = failure.getClass().getSimpleName() + " (" + failure.getMessage() + ")";
        return cause == null ? text : text + ", caused by " + cause;
    }
}
