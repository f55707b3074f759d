package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.SamplingParamsBuilder;
import io.github.ultrafeedback.onnx.internal.sampling.SamplingWorkspace;
import io.github.ultrafeedback.onnx.internal.sampling.TokenSampler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds to draw one token from a row of logits: gaussian, standard deviation 3, another row each time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class SamplerBenchmark {
    private static final int ROWS = 16;
    private static final int PROMPT_TOKENS = 200;
    private static final int ANSWER_TOKENS = 256;

    /** What is asked of the sampler. */
    public enum Case {
        /** Temperature 1, top-p 1. */
        DEFAULTS,
        /** The likeliest token. */
        GREEDY,
        /** The nucleus of 0.9. */
        TOP_P,
        /** The 50 likeliest. */
        TOP_K,
        /** Temperature 1, and the 5 best log-probabilities. */
        LOGPROBS,
        /** Every processor there is; 200 tokens of prompt. */
        ALL
    }

    /** What is asked. */
    @Param
    public Case test;

    /** SmolLM2's vocabulary and Qwen's. */
    @Param({"49152", "151936"})
    public int vocab;

    /** Whether the Vector API is used. */
    @Param({"true", "false"})
    public boolean vector;

    private final FloatBuffer[] logits = new FloatBuffer[ROWS];
    private SamplingWorkspace workspace;
    private int[] prompt = {};
    private TokenSampler sampler;

    /**
     * Fills the rows.
     *
     * @throws IllegalStateException if the Vector API is asked for and the JVM runs without it
     */
    @Setup
    public void fill() {
        Random random = new Random(1);
        for (int row = 0; row < ROWS; row++) {
            logits[row] = ByteBuffer.allocateDirect(vocab * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (int token = 0; token < vocab; token++) {
                logits[row].put(token, (float) (3 * random.nextGaussian()));
            }
        }
        workspace = vector ? SamplingWorkspace.create(vocab) : SamplingWorkspace.scalar(vocab);
        if (workspace.vectorized() != vector) {
            throw new IllegalStateException("this JVM has no Vector API; add --add-modules jdk.incubator.vector");
        }
        prompt = random.ints(PROMPT_TOKENS, 0, vocab).toArray();
        start();
    }

    private void start() {
        sampler = TokenSampler.create(params(), 1, 0, prompt, new int[] {2});
    }

    private SamplingParams params() {
        SamplingParamsBuilder builder = SamplingParams.builder();
        return switch (test) {
            case DEFAULTS -> builder.build();
            case GREEDY -> builder.temperature(0).build();
            case TOP_P -> builder.topP(0.9).build();
            case TOP_K -> builder.topK(50).build();
            case LOGPROBS -> builder.logprobs(5).build();
            case ALL ->
                builder.logitBias(Map.of(11, 1.0))
                        .minTokens(10)
                        .repetitionPenalty(1.1)
                        .frequencyPenalty(0.1)
                        .presencePenalty(0.1)
                        .temperature(0.8)
                        .minP(0.001)
                        .topK(500)
                        .topP(0.95)
                        .build();
        };
    }

    /**
     * One token of an answer of 256.
     *
     * @return its id
     */
    @Benchmark
    public int draw() {
        if (sampler.drawn() == ANSWER_TOKENS) {
            start();
        }
        return sampler.next(logits[sampler.drawn() % ROWS], workspace);
    }
}
