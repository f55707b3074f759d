package io.github.ultrafeedback;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A generator made of its {@code submit} alone, as small as a user's own. */
record SubmittingGenerator(Function<GenerationRequest, CompletableFuture<Completion>> submit) implements Generator {
    @Override
    public ModelRef model() {
        return ModelRef.parse("test:submitting");
    }

    @Override
    public CompletableFuture<Completion> submit(GenerationRequest request) {
        return submit.apply(request);
    }

    @Override
    public void close() {}
}
