package io.github.ultrafeedback;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A provider whose generators know which provider opened them, and under which name. */
record NamedProvider(String name, int priority, Predicate<ModelRef> takes) implements GeneratorProvider {
    /** Opened by a {@link NamedProvider}. */
    record Opened(NamedProvider by, ModelRef model, GeneratorOptions options) implements Generator {
        @Override
        public CompletableFuture<Completion> submit(GenerationRequest request) {
            return CompletableFuture.completedFuture(ManualGenerator.completion(request));
        }

        @Override
        public void close() {}
    }

    @Override
    public String describe() {
        return "what " + name + " takes";
    }

    @Override
    public boolean supports(ModelRef model, GeneratorOptions options) {
        return takes.test(model);
    }

    @Override
    public Generator open(ModelRef model, GeneratorOptions options) {
        return new Opened(this, model, options);
    }
}
