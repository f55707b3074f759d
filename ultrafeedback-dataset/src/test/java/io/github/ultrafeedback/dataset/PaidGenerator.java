package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A server that takes money: it writes each request it was paid for into a file of its own, on the disk before it
 * begins to work, and answers a little later, in any order. The answer follows from the request.
 */
final class PaidGenerator implements Generator {
    private final String model;
    private final FileChannel paid;
    private final Random random;
    private final int mostMillis;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "paid");
        thread.setDaemon(true);
        return thread;
    });

    PaidGenerator(String model, Path paid, long seed, int mostMillis) {
        this.model = model;
        this.random = new Random(seed);
        this.mostMillis = mostMillis;
        try {
            this.paid = FileChannel.open(
                    paid, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String answer(String promptId) {
        return "Answer to " + promptId + " é 🙂 " + "word ".repeat(Math.floorMod(promptId.hashCode(), 60)) + "end";
    }

    @Override
    public ModelRef model() {
        return ModelRef.parse("paid:" + model);
    }

    @Override
    public synchronized CompletableFuture<Completion> submit(GenerationRequest request) {
        CompletableFuture<Completion> future = new CompletableFuture<>();
        String id = String.valueOf(request.prompt().id());
        try {
            paid.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8)));
            paid.force(false);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        ScheduledFuture<?> unused = timer.schedule(
                () -> future.complete(completion(id, request)),
                mostMillis == 0 ? 0 : random.nextInt(mostMillis * 1000),
                TimeUnit.MICROSECONDS);
        return future;
    }

    private Completion completion(String id, GenerationRequest request) {
        return new Completion(
                model(),
                id,
                List.of(Choice.of(0, answer(id), FinishReason.STOP)),
                Usage.of(3, 5),
                request.params(),
                request.params().seed().isPresent() ? request.params().seed() : OptionalLong.empty(),
                1,
                Duration.ofMillis(1),
                Map.of());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
