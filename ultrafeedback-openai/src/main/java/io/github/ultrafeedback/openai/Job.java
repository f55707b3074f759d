package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.TokenListener;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A request on its way through the generator. Thread-safe. */
final class Job implements ChatCall.Events {
    private final GenerationRequest request;
    private final GeneratorListener listener;
    private final Time time;
    private final long submittedNanos;
    private final ChatCall call;
    private final CompletableFuture<Completion> future = new CompletableFuture<>();
    private @Nullable Future<?> work; // guarded by this, as are the next two
    private boolean ended;
    private boolean begun;

    /** Takes the parameters that take effect, seed included. */
    Job(GenerationRequest request, SamplingParams params, GeneratorListener listener, Time time) {
        this.request = request;
        this.listener = listener;
        this.time = time;
        this.submittedNanos = time.nanos();
        this.call = new ChatCall(request.prompt(), params, this);
    }

    GenerationRequest request() {
        return request;
    }

    ChatCall call() {
        return call;
    }

    CompletableFuture<Completion> future() {
        return future;
    }

    /** What the caller gets, with what really took effect. */
    Completion completion(ModelRef model, Answer answer) {
        SamplingParams params = call.params();
        boolean seeded = call.sentFields().contains("seed");
        return new Completion(
                model,
                request.prompt().id(),
                answer.choices(),
                answer.usage(),
                params,
                seeded ? params.seed() : OptionalLong.empty(),
                Math.max(1, call.attempts()),
                Duration.ofNanos(time.nanos() - submittedNanos),
                answer.provenance());
    }

    @Override
    public boolean streams() {
        return request.listener() != null;
    }

    @Override
    public void text(int choice, String delta) {
        TokenListener tokens = request.listener();
        if (tokens == null || !firstText()) {
            return;
        }
        tokens.onText(choice, delta); // without the lock: it may cancel another request, or wait
    }

    /** Returns false if the job has ended. */
    private synchronized boolean firstText() {
        if (!ended && !begun) {
            begun = true;
            listener.firstToken(request);
        }
        return !ended;
    }

    @Override
    public void retried(int attempt, Duration delay, ApiFailure failure) {
        boolean unused = tell(
                () -> listener.retried(request, attempt, delay, FailureMessages.exception(failure, call, time.now())));
    }

    /** The work that ending this job stops. */
    void work(Future<?> newWork) {
        boolean late;
        synchronized (this) {
            work = newWork;
            late = ended;
        }
        if (late) {
            newWork.cancel(true);
        }
    }

    /** Tells the listener about this job unless it has ended; returns false if it has. */
    synchronized boolean tell(Runnable event) {
        if (!ended) {
            event.run();
        }
        return !ended;
    }

    /** Ends the job and tells the listener. Returns true to the first caller alone, who completes the future. */
    boolean end(Runnable event) {
        Future<?> left;
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            left = work;
            event.run();
        }
        if (left != null) {
            left.cancel(true); // does nothing to an answer that is there
        }
        return true;
    }
}
