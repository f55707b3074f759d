package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.error.GenerationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a {@link FakeGenerator} does with a request. Immutable. */
public final class Reply {
    private static final Reply WORDS =
            new Reply(List.of(), null, CompletableFuture.completedFuture(null), FinishReason.STOP);

    private final List<String> texts;
    private final @Nullable GenerationException failure;
    private final CompletableFuture<?> gate;
    private final FinishReason end;

    private Reply(
            List<String> texts, @Nullable GenerationException failure, CompletableFuture<?> gate, FinishReason end) {
        this.texts = texts;
        this.failure = failure;
        this.gate = gate;
        this.end = end;
    }

    /**
     * Words that follow from the seed, the prompt, the choice and the position alone: another seed gives another text.
     *
     * @return the reply of a fake without a script
     */
    public static Reply words() {
        return WORDS;
    }

    /**
     * A text, which stop strings and {@code maxTokens} may cut.
     *
     * @param first the text of the first choice; may be empty
     * @param further texts of the choices after it; where there are more choices than texts, they begin again
     * @return the reply
     */
    public static Reply text(String first, String... further) {
        List<String> texts = new ArrayList<>(List.of(first));
        texts.addAll(List.of(further));
        return new Reply(List.copyOf(texts), null, WORDS.gate, WORDS.end);
    }

    /**
     * A failure.
     *
     * @param cause what the request ends with
     * @return the reply
     */
    public static Reply failure(GenerationException cause) {
        return new Reply(List.of(), Objects.requireNonNull(cause, "cause must not be null"), WORDS.gate, WORDS.end);
    }

    /**
     * The same reply, held back. The request counts as started meanwhile, and can be cancelled.
     *
     * @param newGate when the reply begins, however it completes: a future of the test's, or a {@link FakeClock#timer
     *     timer}
     * @return a copy
     */
    public Reply after(CompletionStage<?> newGate) {
        return new Reply(texts, failure, newGate.toCompletableFuture(), end);
    }

    /**
     * The same reply with another reason for its end, for example {@link FinishReason#CONTENT_FILTER}.
     *
     * @param reason said where neither a stop nor {@code maxTokens} ends a choice before its own end
     * @return a copy
     */
    public Reply finishing(FinishReason reason) {
        return new Reply(texts, failure, gate, Objects.requireNonNull(reason, "reason must not be null"));
    }

    /** The text of a choice, or null for words. */
    @Nullable String text(int choice) {
        return texts.isEmpty() ? null : texts.get(choice % texts.size());
    }

    @Nullable GenerationException failure() {
        return failure;
    }

    CompletableFuture<?> gate() {
        return gate;
    }

    FinishReason end() {
        return end;
    }
}
