package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.onnx.OnnxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise of the module: a request with a seed gets the same completion, to the last bit of its log-probabilities,
 * from the sequential backend and from this one, whatever runs beside it.
 */
final class EqualityTest {
    private static final int PROMPTS = 64;
    private static final Map<String, List<Completion>> ALONE = new ConcurrentHashMap<>();

    @ParameterizedTest(name = "{0} slots, chunks of {1}, {2} prompt tokens a step, reuse {3}, seed {4}")
    @CsvSource({
        "1, 64, 64, true, 1", "2, 64, 64, true, 2", "7, 64, 64, true, 3", "32, 64, 64, true, 4",
        "7, 64, 64, false, 5", "32, 17, 64, true, 6", "7, 3, 3, true, 7", "32, 64, 1000, false, 8"
    })
    void theBatchNeverShows(int slots, int chunk, int prefillTokens, boolean reuse, int seed) {
        BatchSettings settings = BatchSettings.builder()
                .slots(slots)
                .chunk(chunk)
                .prefillTokens(prefillTokens)
                .prefixReuse(reuse)
                .build();
        check(TinyModel.FOLDER, "model.onnx", settings, seed, 24);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model_genai.onnx",
                "model_int8.onnx",
                "model_int4.onnx",
                "model_w8a8.onnx",
                "model_kv_fp16.onnx",
                "model_kv_int8.onnx"
            })
    void otherFormatsHoldItToo(String graph) {
        check(TinyModel.FOLDER, graph, BatchSettings.builder().slots(7).build(), 9, 24);
    }

    /** Wants {@code -Dultrafeedback.smollm2=<folder of smollm2-fp32 and so on>}. */
    @ParameterizedTest
    @CsvSource({
        "smollm2-fp32, 7",
        "smollm2-fp32, 32",
        "smollm2-int8, 1",
        "smollm2-int8, 2",
        "smollm2-int8, 7",
        "smollm2-int8, 32",
        "smollm2-int4, 7",
        "smollm2-int4, 32",
        "smollm2-w8a8, 2",
        "smollm2-w8a8, 7",
        "smollm2-w8a8, 32"
    })
    void smolLm2HoldsIt(String name, int slots) {
        String models = System.getProperty("ultrafeedback.smollm2", "");
        Assumptions.assumeFalse(models.isEmpty(), "ultrafeedback.smollm2 names no folder");
        Path folder = Path.of(models, name);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no " + name);
        check(folder, "model.onnx", BatchSettings.builder().slots(slots).build(), slots, 24);
    }

    private static void check(Path folder, String graph, BatchSettings settings, int seed, int most) {
        List<GenerationRequest> requests = new MixedRequests(1, most).make(PROMPTS);
        List<Completion> expected = ALONE.computeIfAbsent(folder + "/" + graph, key -> alone(folder, graph, requests));
        try (BatchGenerator batch = (BatchGenerator) Generators.forModel("batch:" + folder, options(graph, settings))) {
            List<Completion> actual = inDisorder(batch, requests, new Random(seed));
            for (int i = 0; i < requests.size(); i++) {
                assertThat(actual.get(i).choices())
                        .as("choices of request %s", i)
                        .isEqualTo(expected.get(i).choices());
                assertThat(actual.get(i).usage()).isEqualTo(expected.get(i).usage());
                assertThat(actual.get(i).seed()).isEqualTo(expected.get(i).seed());
                assertThat(actual.get(i).provenance())
                        .containsEntry("backend", "batch")
                        .containsEntry("batchInvariant", "true");
            }
            assertThat(batch.stats().reusedTokens() > 0).isEqualTo(settings.prefixReuse());
        }
    }

    private static GeneratorOptions options(String graph, BatchSettings settings) {
        return GeneratorOptions.builder()
                .settings(OnnxSettings.builder().graph(graph).build())
                .settings(settings)
                .build();
    }

    private static List<Completion> alone(Path folder, String graph, List<GenerationRequest> requests) {
        try (Generator generator = Generators.forModel("onnx:" + folder, options(graph, BatchSettings.defaults()))) {
            return generator.generateEach(requests).stream()
                    .map(outcome -> ((Outcome.Success) outcome).completion())
                    .toList();
        }
    }

    /** Shuffled, a random number in flight at a time, with others beside them that are cancelled in their midst. */
    private static List<Completion> inDisorder(Generator batch, List<GenerationRequest> requests, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        Map<Integer, CompletableFuture<Completion>> futures = new TreeMap<>();
        List<CompletableFuture<Completion>> decoys = new ArrayList<>();
        Semaphore inFlight = new Semaphore(1 + random.nextInt(requests.size()));
        for (int i : order) {
            inFlight.acquireUninterruptibly();
            CompletableFuture<Completion> future = batch.submit(requests.get(i));
            futures.put(i, future);
            CompletableFuture<?> unused = future.whenComplete((completion, failure) -> inFlight.release());
            if (random.nextInt(3) == 0) {
                decoys.add(batch.submit(decoy(requests.get(random.nextInt(requests.size())))));
            }
            if (!decoys.isEmpty() && random.nextInt(3) == 0) {
                decoys.remove(random.nextInt(decoys.size())).cancel(true);
            }
        }
        List<Completion> completions =
                futures.values().stream().map(CompletableFuture::join).toList();
        decoys.forEach(future -> future.cancel(true));
        return completions;
    }

    private static GenerationRequest decoy(GenerationRequest request) {
        return GenerationRequest.of(
                request.prompt(),
                request.params().toBuilder()
                        .maxTokens(60)
                        .ignoreEos(true)
                        .seed(5)
                        .build());
    }
}
