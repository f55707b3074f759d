package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.batch.BatchGenerator;
import io.github.ultrafeedback.batch.RunClock;
import io.github.ultrafeedback.batch.RunClock.Block;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * The generator at a steady number of rows beside a bare loop. Every 16 steps of the engine the same run is repeated 16
 * times with nothing between, in the same session and on the same thread, so that a noisy machine meets both. All rows
 * have one prompt, which is computed once and copied, and draw their own answers.
 */
final class DecodeShare {
    private static final int BLOCK = 16;

    private final BatchGenerator generator;
    private final RunClock clock;
    private final Tokenizer tokenizer;

    DecodeShare(BatchGenerator generator, RunClock clock, Tokenizer tokenizer) {
        this.generator = generator;
        this.clock = clock;
        this.tokenizer = tokenizer;
    }

    /** Decodes {@code blocks} times 32 steps, half of them bare; returns a row of the table. */
    String measure(int rows, int context, int blocks) {
        String text = Texts.ofTokens(tokenizer, new Random(context), context);
        List<GenerationRequest> requests = new ArrayList<>();
        int tokens = blocks * BLOCK + rows / 8 + 4; // rows do not all begin in one step
        for (int row = 0; row < rows; row++) {
            requests.add(GenerationRequest.of(Prompt.raw(text), JobLengths.exactly(tokens, row)));
        }
        clock.watch(rows, BLOCK);
        Answers.of(generator, requests);
        return row(rows, context, clock.blocks());
    }

    private static String row(int rows, int context, List<Block> blocks) {
        double step = median(blocks, DecodeShare::step);
        double bare = median(blocks, DecodeShare::bare);
        double outside = median(blocks, block -> 1 - (double) block.insideNanos() / block.engineNanos());
        double bytes = median(blocks, block -> (double) block.allocatedBytes() / block.steps());
        return String.format(
                Locale.ROOT,
                "| %d | %d to %d | %.0f (%.0f) | %.0f (%.0f) | %.1f %% (%.1f to %.1f) | %.2f %% | %.2f | %.0f | %.0f |",
                rows,
                context,
                context + blocks.size() * BLOCK,
                rows * 1e9 / step,
                rows * 1e9 / quantile(blocks, DecodeShare::step, 0),
                rows * 1e9 / bare,
                rows * 1e9 / quantile(blocks, DecodeShare::bare, 0),
                100 * median(blocks, DecodeShare::ratio),
                100 * quantile(blocks, DecodeShare::ratio, 0.25),
                100 * quantile(blocks, DecodeShare::ratio, 0.75),
                100 * outside,
                outside * step / 1e6,
                bytes,
                bytes / rows);
    }

    private static double step(Block block) {
        return (double) block.engineNanos() / block.steps();
    }

    private static double bare(Block block) {
        return (double) block.bareNanos() / block.steps();
    }

    private static double ratio(Block block) {
        return (double) block.bareNanos() / block.engineNanos();
    }

    private static double median(List<Block> blocks, ToDoubleFunction<Block> of) {
        return quantile(blocks, of, 0.5);
    }

    private static double quantile(List<Block> blocks, ToDoubleFunction<Block> of, double share) {
        double[] values = blocks.stream().mapToDouble(of).toArray();
        Arrays.sort(values);
        return values.length == 0 ? Double.NaN : values[(int) (share * (values.length - 1))];
    }

    /** The head of the table. */
    static String head() {
        return """
                | rows | positions | batch, tokens/s, median (best) | bare loop | batch/bare, median (quartiles) | outside the runs | ms of a step | bytes allocated a step | a token |
                |---|---|---|---|---|---|---|---|---|""";
    }
}
