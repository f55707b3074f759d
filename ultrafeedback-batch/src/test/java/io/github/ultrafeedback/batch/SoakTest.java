package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many requests through the embedded model; with {@code -Dultrafeedback.full=true} 50,000 of them. */
final class SoakTest {
    private static final boolean FULL = Boolean.getBoolean("ultrafeedback.full");
    private static final int REQUESTS = FULL ? 50_000 : 400;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final Random random = new Random(1);

    @Test
    void memoryAndThreadsStayFlat() throws IOException {
        GeneratorOptions options = GeneratorOptions.builder()
                .settings(BatchSettings.builder().slots(16).build())
                .build();
        try (BatchGenerator generator = (BatchGenerator) Generators.forModel("batch:" + TinyModel.FOLDER, options)) {
            run(generator, REQUESTS / 5);
            long memory = status("VmRSS:");
            long threads = status("Threads:");
            run(generator, REQUESTS - REQUESTS / 5);
            System.out.printf(
                    "%d requests: RSS %d then %d kB, threads %d then %d, %s%n",
                    REQUESTS, memory, status("VmRSS:"), threads, status("Threads:"), generator.stats());
            assertThat(status("Threads:")).as("threads").isLessThanOrEqualTo(threads + 40); // idle ones of the JVM, too
            if (FULL) {
                assertThat(status("VmRSS:") - memory).as("kB more").isLessThan(100_000);
            }
        }
    }

    private void run(BatchGenerator generator, int count) {
        int[] ended = new int[1];
        Iterator<GenerationRequest> requests =
                IntStream.range(0, count).mapToObj(this::request).iterator();
        generator.generate(() -> requests, outcome -> {
            assertThat(outcome).isInstanceOf(Outcome.Success.class);
            ended[0]++;
        });
        assertThat(ended[0]).isEqualTo(count);
    }

    private GenerationRequest request(int i) {
        SamplingParams params = SamplingParams.builder()
                .maxTokens(1 + random.nextInt(8))
                .n(random.nextInt(10) == 0 ? 2 : 1)
                .build();
        GenerationRequest request = GenerationRequest.of(Prompt.of("Question " + i + ": why?"), params);
        return random.nextInt(10) == 0 ? request.withListener((choice, delta) -> {}) : request;
    }

    /** A number of this process as Linux tells it; 0 elsewhere. */
    private static long status(String key) throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
