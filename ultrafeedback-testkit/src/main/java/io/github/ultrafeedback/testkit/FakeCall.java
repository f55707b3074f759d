package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.seed.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One request that the fake took, and what is generated for it. Its state belongs to the fake's thread. */
final class FakeCall {
    final GenerationRequest request;
    final CompletableFuture<Completion> future = new CompletableFuture<>();
    final int index;
    private final long submittedNanos;
    private final long seed;
    private final List<FakeChoice> choices = new ArrayList<>();
    private Reply reply = Reply.words();
    private boolean speaks;
    private boolean ended;

    /** Takes the seed to use where the request names none. */
    FakeCall(GenerationRequest request, int index, long drawnSeed, long submittedNanos) {
        this.request = request;
        this.index = index;
        this.seed = request.params().seed().orElse(drawnSeed);
        this.submittedNanos = submittedNanos;
    }

    /** Whether a step would do something: the reply may begin, or the request was cancelled. */
    boolean runnable() {
        return future.isDone() || reply.gate().isDone();
    }

    CompletableFuture<?> gate() {
        return reply.gate();
    }

    @Nullable GenerationException scriptedFailure() {
        return reply.failure();
    }

    /** True the first time. */
    boolean beginsToSpeak() {
        boolean first = !speaks;
        speaks = true;
        return first;
    }

    /** False the first time. */
    boolean endsAgain() {
        boolean again = ended;
        ended = true;
        return again;
    }

    void begin(Reply newReply) {
        this.reply = newReply;
        SamplingParams params = request.params();
        // The likeliest tokens do not depend on the seed.
        long address = Seeds.derive(params.greedy() ? 0 : seed, text(request.prompt()));
        for (int i = 0; i < params.n(); i++) {
            choices.add(new FakeChoice(i, params, Seeds.derive(address, i), newReply));
        }
    }

    /** One token for each choice that is not done; true when all are. */
    boolean step() {
        boolean done = true;
        for (FakeChoice choice : choices) {
            if (!choice.done()) {
                choice.step(request.listener());
                done &= choice.done();
            }
        }
        return done;
    }

    Completion completion(ModelRef model, long nowNanos) {
        int tokens = choices.stream().mapToInt(FakeChoice::tokens).sum();
        return new Completion(
                model,
                request.prompt().id(),
                choices.stream().map(FakeChoice::toChoice).toList(),
                Usage.of(Math.max(1, Words.pieces(text(request.prompt())).size()), tokens),
                request.params().withSeed(seed),
                OptionalLong.of(seed),
                1,
                Duration.ofNanos(nowNanos - submittedNanos),
                Map.of());
    }

    static String text(Prompt prompt) {
        String raw = prompt.rawText();
        return raw != null
                ? raw
                : prompt.messages().stream().map(Message::content).collect(Collectors.joining("\n"));
    }
}
