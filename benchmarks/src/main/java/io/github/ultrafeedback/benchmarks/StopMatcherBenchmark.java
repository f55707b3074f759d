package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.onnx.internal.text.StopMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Time per token of the search for stop strings, over a text of 1,000 tokens of four characters that holds none. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StopMatcherBenchmark {
    private static final int TOKENS = 1_000;
    private static final List<String> STOPS =
            List.of("</s>", "\n\nHuman:", "<|im_end|>", "\n###", "User:", "\n\n\n\n", "Question:", "STOP");

    /** How many stop strings are looked for. */
    @Param({"0", "1", "4", "8"})
    int stops;

    private final List<String> deltas = new ArrayList<>();

    /** Draws the text. */
    @Setup
    public void draw() {
        Random random = new Random(1);
        for (int i = 0; i < TOKENS; i++) {
            StringBuilder delta = new StringBuilder();
            for (int c = 0; c < 4; c++) {
                delta.append("etaoinshrdlu \n<U".charAt(random.nextInt(16)));
            }
            deltas.add(delta.toString());
        }
    }

    /**
     * Passes all tokens through a fresh matcher.
     *
     * @param out takes the text
     */
    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public void append(Blackhole out) {
        StopMatcher matcher = new StopMatcher(STOPS.subList(0, stops), false);
        for (String delta : deltas) {
            out.consume(matcher.append(delta, true));
        }
        out.consume(matcher.flush());
    }
}
