package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Resident memory of a JVM whose heap cannot grow, so that what grows is native. The bound is far above what the C
 * library's allocator wavers by, and far below what one leaked thing a cycle comes to.
 */
final class MemoryTest {
    private static final boolean FULL = Boolean.getBoolean("ultrafeedback.full");
    private static final int CYCLES = FULL ? 200 : 40;
    private static final int TOKENS = FULL ? 20_000 : 3_000;
    private static final int WARM_UP_CYCLES = 20;
    private static final long BOUND_KIB = 24 * 1024;

    @BeforeEach
    void onlyWhereItCanBeMeasured() {
        assumeTrue(ProcessMemory.known(), "resident memory is read from /proc, which this system lacks");
    }

    @ParameterizedTest
    @ValueSource(strings = {TinyModel.GQA, TinyModel.PLAIN, TinyModel.GENAI})
    void openingAndClosingLeavesNothingBehind(String graph) throws Exception {
        long growth = growthKib("cycles", graph, CYCLES);
        System.out.println(graph + ": " + CYCLES + " cycles, resident memory grew by " + growth + " KiB");
        assertThat(growth).isLessThan(BOUND_KIB);
    }

    @ParameterizedTest
    @ValueSource(strings = {TinyModel.GQA, TinyModel.PLAIN, TinyModel.GENAI})
    void tokensLeaveNothingBehind(String graph) throws Exception {
        long growth = growthKib("tokens", graph, TOKENS);
        System.out.println(graph + ": " + TOKENS + " tokens, resident memory grew by " + growth + " KiB");
        assertThat(growth).isLessThan(BOUND_KIB);
    }

    private static long growthKib(String what, String graph, int count) throws Exception {
        ChildJvm.Output output = new ChildJvm()
                // Many arenas of the C library come and go by megabytes too.
                .variable("MALLOC_ARENA_MAX", "1")
                .option("-Xms64m")
                .option("-Xmx64m")
                .option("-XX:+AlwaysPreTouch")
                .option("-XX:+UseSerialGC")
                // The second compiler's working memory comes and goes by megabytes.
                .option("-XX:TieredStopAtLevel=1")
                .option("-Dultrafeedback.tiny=" + TinyModel.folder())
                .run(Load.class, what, graph, Integer.toString(count));
        assertThat(output.err()).isEmpty();
        return Long.parseLong(output.out().strip());
    }

    /** Warms up, does the work, prints by how many KiB resident memory grew. */
    static final class Load {
        private Load() {}

        public static void main(String[] args) {
            int count = Integer.parseInt(args[2]);
            System.out.println(args[0].equals("cycles") ? cycles(args[1], count) : tokens(args[1], count));
        }

        private static long cycles(String graph, int count) {
            for (int i = 0; i < WARM_UP_CYCLES; i++) {
                cycle(graph);
            }
            long before = ProcessMemory.residentKib();
            for (int i = 0; i < count; i++) {
                cycle(graph);
            }
            return ProcessMemory.residentKib() - before;
        }

        private static void cycle(String graph) {
            try (OnnxModel model = TinyModel.open(graph);
                    Decoder decoder = model.newDecoder()) {
                decoder.prefill(TinyModel.prompt(500));
                decoder.decode(5);
                decoder.rewind();
                decoder.decode(6);
            }
        }

        private static long tokens(String graph, int count) {
            try (OnnxModel model = TinyModel.open(graph);
                    Decoder decoder = model.newDecoder()) {
                generate(decoder, 2_000);
                long before = ProcessMemory.residentKib();
                generate(decoder, count);
                return ProcessMemory.residentKib() - before;
            }
        }

        private static void generate(Decoder decoder, int count) {
            FloatBuffer logits = decoder.prefill(TinyModel.prompt(100));
            for (int i = 0; i < count; i++) {
                if (decoder.length() == decoder.contextLength()) {
                    logits = i % 2 == 0 ? decoder.rewind() : decoder.prefill(TinyModel.prompt(100));
                }
                logits = decoder.decode(TinyModel.best(logits));
            }
        }
    }
}
