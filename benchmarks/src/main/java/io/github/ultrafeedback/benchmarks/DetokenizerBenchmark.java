package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.onnx.internal.text.Detokenizer;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Time per token of the incremental detokenizer, and of decoding the same tokens at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DetokenizerBenchmark {
    private static final int TOKENS = 1_000;
    private static final String ENGLISH = "The weather was fine, so the two of them walked to the river and back. ";
    private static final String MIXED = "caf\u00E9 \u4F60\u597D \uD83D\uDE00 na\u00EFve ";

    /** Folder of the model whose tokenizer is used. */
    @Param("examples/models/ultrafeedback-tiny")
    String model;

    /** The text: plain English, or characters of several bytes. */
    @Param({"english", "mixed"})
    String text;

    private Tokenizer tokenizer;
    private int[] ids;

    /** Opens the tokenizer and encodes the text. */
    @Setup(Level.Trial)
    public void open() {
        tokenizer = Tokenizer.open(Path.of(model));
        String line = text.equals("english") ? ENGLISH : MIXED;
        ids = Arrays.copyOf(tokenizer.encodeRaw(line.repeat(TOKENS)), TOKENS);
    }

    /** Frees the tokenizer. */
    @TearDown(Level.Trial)
    public void close() {
        tokenizer.close();
    }

    /**
     * Token by token.
     *
     * @param out takes the text
     */
    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public void append(Blackhole out) {
        Detokenizer detokenizer = new Detokenizer(tokenizer, ids, true);
        for (int id : ids) {
            out.consume(detokenizer.append(id));
        }
        out.consume(detokenizer.flush());
    }

    /**
     * All tokens in one call.
     *
     * @return the text
     */
    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public String decode() {
        return tokenizer.decode(ids, 0, ids.length, true);
    }
}
