package io.github.ultrafeedback;

import io.github.ultrafeedback.error.QueueFullException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A generator whose futures the test completes by hand. Refuses what would not fit into its queue. */
final class ManualGenerator implements Generator {
    /** One request that was taken, and its future. */
    record Call(GenerationRequest request, CompletableFuture<Completion> future, Runnable leave) {
        void answer() {
            leave.run(); // first, as every backend must: whoever hears the future may submit the next request
            future.complete(completion(request));
        }
    }

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final AtomicInteger outstanding = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final int window;
    private final int capacity;

    ManualGenerator(int window, int capacity) {
        this.window = window;
        this.capacity = capacity;
    }

    ManualGenerator() {
        this(256, Integer.MAX_VALUE);
    }

    @Override
    public ModelRef model() {
        return ModelRef.parse("test:manual");
    }

    @Override
    public int window() {
        return window;
    }

    @Override
    public synchronized CompletableFuture<Completion> submit(GenerationRequest request) {
        if (outstanding.get() >= capacity) {
            refused.incrementAndGet();
            return CompletableFuture.failedFuture(new QueueFullException("The queue holds " + capacity + "."));
        }
        most.accumulateAndGet(outstanding.incrementAndGet(), Math::max);
        CompletableFuture<Completion> future = new CompletableFuture<>();
        AtomicBoolean left = new AtomicBoolean();
        Runnable leave = () -> outstanding.addAndGet(left.getAndSet(true) ? 0 : -1);
        CompletableFuture<?> unused = future.whenComplete((completion, failure) -> leave.run());
        calls.add(new Call(request, future, leave));
        return future;
    }

    @Override
    public void close() {}

    int mostOutstanding() {
        return most.get();
    }

    int refused() {
        return refused.get();
    }

    /** Fills one place of the queue, as another caller would. */
    Call occupy() {
        CompletableFuture<Completion> unused = submit(GenerationRequest.of(Prompt.of("foreign")));
        return take();
    }

    /** Waits for the next request that is taken. */
    Call take() {
        try {
            Call call = calls.poll(20, TimeUnit.SECONDS);
            if (call == null) {
                throw new AssertionError("no request came");
            }
            return call;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<Call> take(int count) {
        List<Call> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(take());
        }
        return taken;
    }

    /**
     * Answers this many requests on a thread of its own, those at hand in an order that the seed decides. The first
     * answer waits until the window is full, so that no test depends on which thread is faster.
     */
    CompletableFuture<Void> answer(int count, long seed) {
        return CompletableFuture.runAsync(
                () -> {
                    Random random = new Random(seed);
                    for (int done = 0; done < count; ) {
                        List<Call> batch = take(done == 0 ? Math.min(count, Math.min(window, capacity)) : 1);
                        calls.drainTo(batch);
                        Collections.shuffle(batch, random);
                        batch.forEach(Call::answer);
                        done += batch.size();
                    }
                },
                task -> new Thread(task, "answers").start());
    }

    static Completion completion(GenerationRequest request) {
        return new Completion(
                ModelRef.parse("test:manual"),
                request.prompt().id(),
                List.of(Choice.of(0, text(request), FinishReason.STOP)),
                Usage.of(1, 1),
                request.params(),
                request.params().seed(),
                1,
                Duration.ZERO,
                Map.of());
    }

    static String text(GenerationRequest request) {
        return "answer to " + request.prompt().messages().get(0).content();
    }

    static List<GenerationRequest> requests(int count) {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(GenerationRequest.of(Prompt.of("question " + i)));
        }
        return requests;
    }

    static List<String> answers(List<GenerationRequest> requests) {
        return requests.stream().map(ManualGenerator::text).toList();
    }

    static String text(Outcome outcome) {
        return outcome instanceof Outcome.Success success ? success.completion().text() : outcome.toString();
    }
}
