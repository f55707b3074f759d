package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks as many prompts at once as it is told, and checks that each got its own answer; for a JVM of its own. */
final class ManyClient {
    private static final Duration PATIENCE = Duration.ofMinutes(9); // a slow machine must not show

    private ManyClient() {}

    /** Takes the count, the server's base URL, and a key store for HTTP/2 ("none" for HTTP/1.1). */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        OpenAiSettingsBuilder settings = OpenAiSettings.builder()
                .baseUrl(arguments[1])
                .apiKey(Planted.KEY)
                .dialect(Dialect.OPENAI)
                .timeouts(PATIENCE, PATIENCE, PATIENCE)
                .maxInFlight(count);
        if (!arguments[2].equals("none")) {
            settings.connections(
                    HttpClient.Version.HTTP_2, TestTls.of(Path.of(arguments[2])).client());
        }
        long begun = System.nanoTime();
        try (OpenAiGenerator generator = OpenAiGenerator.open(
                ModelRef.parse("openai:gpt-4"),
                GeneratorOptions.builder()
                        .settings(settings.build())
                        .maxQueued(count)
                        .build(),
                new Ambient(new SystemTime(), new Random(1), Map.of()))) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                futures.add(generator.submit(GenerationRequest.of(Prompt.of("id-" + i))));
            }
            int right = 0;
            int attempts = 0;
            for (int i = 0; i < count; i++) {
                Completion completion = futures.get(i).get(9, TimeUnit.MINUTES);
                attempts += completion.attempts();
                right += completion.text().equals("id-" + i) ? 1 : 0;
            }
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    "right=%d attempts=%d threads=%d ours=%d files=%d limit=%d heapMb=%d usedMb=%d ms=%d%n",
                    right,
                    attempts,
                    ManagementFactory.getThreadMXBean().getPeakThreadCount(),
                    ours(),
                    OpenFiles.open(),
                    OpenFiles.limit(),
                    runtime.maxMemory() >> 20,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        }
    }

    /** Threads that a generator starts, itself or through HTTP clients. */
    static long ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("HttpClient-") || name.startsWith("ultrafeedback-openai"))
                .count();
    }
}
