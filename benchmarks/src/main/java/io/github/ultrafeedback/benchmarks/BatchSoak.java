package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.SamplingParamsBuilder;
import io.github.ultrafeedback.TokenListener;
import io.github.ultrafeedback.batch.BatchGenerator;
import io.github.ultrafeedback.error.GenerationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many small requests of all kinds through one generator: with listeners, stop strings, several choices, penalties,
 * log-probabilities, and some that are cancelled on their way. Resident memory and threads must stay as they are, and
 * each request must end once.
 *
 * <p>Usage: {@code BatchSoak <model folder> [requests] [seed]}; 50,000 requests by default. Linux only. Give the JVM a
 * heap of one size that it touches at the start, so that what grows is seen:
 *
 * <pre>
 * java -Xms256m -Xmx256m -XX:+AlwaysPreTouch -cp ... BatchSoak examples/models/ultrafeedback-tiny
 * </pre>
 *
 * Prints a line of a table at every twentieth.
 */
public final class BatchSoak {
    private static final int IN_FLIGHT = 96;
    private static final int LINES = 20;

    private final Random random;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final Ends ends = new Ends();
    private final AtomicInteger heard = new AtomicInteger();
    private final long start = System.nanoTime();

    private BatchSoak(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Runs the soak.
     *
     * @param args model folder, requests, seed
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int requests = args.length > 1 ? Integer.parseInt(args[1]) : 50_000;
        BatchSoak soak = new BatchSoak(args.length > 2 ? Long.parseLong(args[2]) : 8);
        GeneratorOptions options =
                GeneratorOptions.builder().listener(soak.ends).build();
        try (BatchGenerator generator = BatchGenerator.open(ModelRef.parse("batch:" + args[0]), options)) {
            soak.run(generator, requests);
        }
        soak.ends.check(requests);
    }

    private void run(BatchGenerator generator, int requests) throws InterruptedException {
        System.out.println("| requests | finished | failed or cancelled | completion tokens | s | RSS, MB | threads |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int i = 1; i <= requests; i++) {
            room.acquire();
            submit(generator, i);
            if (i % Math.max(1, requests / LINES) == 0) {
                print(generator, i);
            }
        }
        room.acquire(IN_FLIGHT);
        print(generator, requests);
        System.out.println(generator.stats());
    }

    private void submit(BatchGenerator generator, int index) {
        StringBuilder text = new StringBuilder("Tell me a story about");
        for (int word = random.nextInt(40); word >= 0; word--) {
            text.append(random.nextBoolean() ? " a fox" : random.nextBoolean() ? " and gold" : " by the sea");
        }
        TokenListener listener = random.nextInt(10) == 0 ? (choice, delta) -> heard.incrementAndGet() : null;
        CompletableFuture<Completion> future =
                generator.submit(new GenerationRequest(Prompt.of(text.toString()), params(index), listener));
        CompletableFuture<?> unused = future.whenComplete((completion, failure) -> room.release());
        if (random.nextInt(20) == 0) {
            future.cancel(true);
        }
    }

    private SamplingParams params(int index) {
        SamplingParamsBuilder builder = SamplingParams.builder().seed(index).maxTokens(1 + random.nextInt(12));
        switch (random.nextInt(12)) {
            case 0 -> builder.n(3);
            case 1 -> builder.stop(List.of("the", "."));
            case 2 -> builder.logprobs(3);
            case 3 -> builder.repetitionPenalty(1.1).topP(0.9);
            case 4 -> builder.temperature(0);
            case 5 -> builder.topK(20).minP(0.01);
            default -> builder.ignoreEos(true);
        }
        return builder.build();
    }

    private void print(BatchGenerator generator, int submitted) {
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %d | %d | %.0f | %.1f | %d |%n",
                submitted,
                ends.finished.get(),
                ends.failed.get(),
                generator.stats().completionTokens(),
                (System.nanoTime() - start) / 1e9,
                residentBytes() / 1e6,
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static long residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("/proc/self/status has no VmRSS");
    }

    /** Counts beginnings and ends. */
    private static final class Ends implements GeneratorListener {
        final AtomicInteger submitted = new AtomicInteger();
        final AtomicInteger finished = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();

        @Override
        public void submitted(GenerationRequest request) {
            submitted.incrementAndGet();
        }

        @Override
        public void finished(GenerationRequest request, Completion completion) {
            finished.incrementAndGet();
        }

        @Override
        public void failed(GenerationRequest request, GenerationException cause) {
            failed.incrementAndGet();
        }

        void check(int requests) {
            if (submitted.get() != requests || finished.get() + failed.get() != requests) {
                throw new IllegalStateException(requests + " requests, " + submitted + " submitted, " + finished
                        + " finished, " + failed + " failed");
            }
        }
    }
}
