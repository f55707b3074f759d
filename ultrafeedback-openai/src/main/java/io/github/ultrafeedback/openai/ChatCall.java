package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One prompt on its way through the layers, with what is known of its attempts. Thread-safe. */
final class ChatCall {
    private final Prompt prompt;
    private final SamplingParams params;
    private final Events events;
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile Set<String> sentFields = Set.of();
    private volatile Dialect dialect = Dialect.OPENAI;
    private volatile boolean heard;
    private volatile boolean maybeDone;
    private volatile boolean onTheWire;
    private volatile @Nullable Object failedAt;
    private final AtomicInteger moves = new AtomicInteger();
    private final CompletableFuture<Long> firstTurn = new CompletableFuture<>();

    /** Who hears of a call while it is under way. */
    interface Events {
        /** Whether text is wanted before the answer is whole. */
        boolean streams();

        /** Takes more text of a choice, never empty. What it throws fails the call. */
        void text(int choice, String delta);

        /** The attempt failed and another follows after the delay. */
        void retried(int attempt, Duration delay, ApiFailure failure);
    }

    /** Takes the parameters that take effect, seed included. */
    ChatCall(Prompt prompt, SamplingParams params, Events events) {
        this.prompt = prompt;
        this.params = params;
        this.events = events;
    }

    Prompt prompt() {
        return prompt;
    }

    SamplingParams params() {
        return params;
    }

    Events events() {
        return events;
    }

    /** What the server understands; {@link Dialect#OPENAI} until a layer has found out. */
    Dialect dialect() {
        return dialect;
    }

    void dialect(Dialect found) {
        dialect = found;
    }

    /** The fields of the body that was written last, less those that the user added. */
    Set<String> sentFields() {
        return sentFields;
    }

    void sentFields(Set<String> fields) {
        sentFields = fields;
    }

    /** Text was told to the listener, which cannot be unsaid: another attempt would tell a different one. */
    void textHeard() {
        heard = true;
    }

    boolean heard() {
        return heard;
    }

    /** Our limits let it go, or nothing of ours holds it back any longer; takes the time, of which the first counts. */
    void mayGo(long nanos) {
        firstTurn.complete(nanos); // does nothing from the second time on
    }

    /** When it was first let go, by {@link Time#nanos}: from then on its time counts. */
    CompletableFuture<Long> firstTurn() {
        return firstTurn;
    }

    /** A request leaves; returns which attempt it is, 1 for the first. */
    int attemptBegins() {
        onTheWire = true;
        return attempts.incrementAndGet();
    }

    /** The attempt is over, with this knowledge of the work, or null for an answer. */
    void attemptEnded(@Nullable Certainty certainty) {
        onTheWire = certainty == null; // an answer is under way until its prompt has it
        maybeDone |= certainty == Certainty.MAYBE_DONE;
    }

    /** How many requests left. */
    int attempts() {
        return attempts.get();
    }

    /** What is known of the work of all attempts together. */
    Certainty certainty() {
        if (maybeDone || onTheWire) {
            return Certainty.MAYBE_DONE;
        }
        return attempts() == 0 ? Certainty.NOT_SENT : Certainty.REFUSED;
    }

    /** The endpoint where the last attempt failed, so that the next one goes to another; null for none. */
    @Nullable Object failedAt() {
        return failedAt;
    }

    void failedAt(Object endpoint) {
        failedAt = endpoint;
    }

    /** A failed attempt is followed by one at another endpoint, at once. */
    void moved() {
        moves.incrementAndGet();
    }

    int moves() {
        return moves.get();
    }

    /** Whether a request is out and its answer is awaited, or has come. */
    boolean onTheWire() {
        return onTheWire;
    }
}
