package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A generator that does right by itself, for mutants to break in one place. */
class BrokenGenerator implements Generator {
    final Generator right;

    BrokenGenerator(Generator right) {
        this.right = right;
    }

    static Generator right(GeneratorOptions options) {
        return FakeGenerator.builder().options(options).build();
    }

    /** Changes each completion, on its way to the caller. */
    CompletableFuture<Completion> changed(GenerationRequest request, UnaryOperator<Completion> change) {
        CompletableFuture<Completion> inner = right.submit(request);
        CompletableFuture<Completion> outer = new CompletableFuture<>();
        CompletableFuture<?> unused = inner.whenComplete((completion, failure) -> {
            if (failure != null) {
                outer.completeExceptionally(failure);
            } else {
                outer.complete(change.apply(completion));
            }
        });
        CompletableFuture<?> unused2 = outer.whenComplete((completion, failure) -> {
            if (outer.isCancelled()) {
                inner.cancel(true);
            }
        });
        return inner.isCompletedExceptionally() ? inner : outer; // what was refused has failed already
    }

    static Completion withChoices(Completion of, UnaryOperator<Choice> change) {
        return new Completion(
                of.model(),
                of.promptId(),
                of.choices().stream().map(change).toList(),
                of.usage(),
                of.params(),
                of.seed(),
                of.attempts(),
                of.latency(),
                of.provenance());
    }

    static Choice withText(Choice choice, String text) {
        return new Choice(
                choice.index(), text, choice.tokenIds(), choice.logprobs(), choice.finishReason(), choice.stopReason());
    }

    @Override
    public ModelRef model() {
        return right.model();
    }

    @Override
    public int window() {
        return right.window();
    }

    @Override
    public CompletableFuture<Completion> submit(GenerationRequest request) {
        return right.submit(request);
    }

    @Override
    public List<Outcome> generateEach(List<GenerationRequest> requests) {
        return Generator.super.generateEach(requests);
    }

    @Override
    public void close() {
        right.close();
    }
}
