package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.onnx.device.Device;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import io.github.ultrafeedback.onnx.internal.model.OnnxModel;
import io.github.ultrafeedback.onnx.internal.model.OnnxRuntime;
import io.github.ultrafeedback.onnx.internal.model.RuntimeOptions;
import io.github.ultrafeedback.onnx.internal.model.SlotDecoder;
import io.github.ultrafeedback.onnx.internal.sampling.SamplingWorkspace;
import io.github.ultrafeedback.onnx.internal.sampling.TokenSampler;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * What drawing 32 tokens costs beside the run that gives their logits. The model writes 32 answers at temperature 1;
 * the draws are timed as they happen, between two runs, so caches are as cold as they are. Then rows that were kept,
 * and as many random ones (gaussian, sd 3), are drawn from again and again.
 *
 * <p>Usage: {@code SamplingShare <model folder> [steps]}; 96 steps by default, behind prompts of 77 tokens. Prints one
 * row of a table.
 */
public final class SamplingShare {
    private static final int ROWS = 32;
    private static final int PROMPT = 77;
    private static final int KEPT_STEPS = 4;

    private final SlotDecoder decoder;
    private final SamplingWorkspace workspace;
    private final TokenSampler[] samplers = new TokenSampler[ROWS];
    private final int[] ids = new int[ROWS];
    private final int[] lengths = new int[ROWS];
    private final FloatBuffer kept;
    private final int vocab;

    private SamplingShare(SlotDecoder decoder) {
        this.decoder = decoder;
        this.vocab = decoder.vocabSize();
        this.workspace = SamplingWorkspace.create(vocab);
        this.kept = rows();
    }

    /**
     * Runs the measurement.
     *
     * @param args model folder, steps
     */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        int steps = args.length > 1 ? Integer.parseInt(args[1]) : 96;
        try (OnnxModel model = OnnxRuntime.open(ModelFolder.open(folder, null), RuntimeOptions.on(Device.CPU));
                Tokenizer tokenizer = Tokenizer.open(folder);
                SlotDecoder decoder = model.newSlotDecoder(ROWS, 2 * PROMPT + steps)) {
            SamplingShare share = new SamplingShare(decoder);
            share.prefill(tokenizer);
            String row = share.write(steps);
            System.out.println("| graph | Vector API | step, ms | drawing 32, ms | share, median (quartiles)"
                    + " | again, real, µs a row | again, random |");
            System.out.println("|---|---|---|---|---|---|---|");
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.1f | %.1f |%n",
                    folder.getFileName(),
                    share.workspace.vectorized() ? "yes" : "no",
                    row,
                    share.again(share.kept) / 1e3,
                    share.again(share.random()) / 1e3);
        }
    }

    private void prefill(Tokenizer tokenizer) {
        for (int row = 0; row < ROWS; row++) {
            int[] prompt = tokenizer.encodeRaw(Texts.ofTokens(tokenizer, new Random(row), PROMPT));
            samplers[row] = TokenSampler.create(JobLengths.exactly(1, row), row, 0, prompt, new int[0]);
            ids[row] = samplers[row].next(Prefills.whole(decoder, row, prompt), workspace);
            lengths[row] = prompt.length;
        }
    }

    /** Half the steps warm up. */
    private String write(int steps) {
        double[] millis = new double[steps / 2];
        double[] drawing = new double[steps / 2];
        double[] shares = new double[steps / 2];
        for (int step = 0; step < steps; step++) {
            long start = System.nanoTime();
            FloatBuffer logits = decoder.decode(ROWS, ids, lengths);
            long run = System.nanoTime();
            for (int row = 0; row < ROWS; row++) {
                ids[row] = samplers[row].next(logits.position(row * vocab), workspace);
                lengths[row]++;
            }
            long end = System.nanoTime();
            int measured = step - steps / 2;
            if (measured >= 0 && measured < shares.length) {
                millis[measured] = (end - start) / 1e6;
                drawing[measured] = (end - run) / 1e6;
                shares[measured] = 100.0 * (end - run) / (end - start);
            }
            if (steps - step <= KEPT_STEPS) {
                kept.put((steps - step - 1) * ROWS * vocab, logits, 0, ROWS * vocab);
            }
        }
        Arrays.sort(millis);
        Arrays.sort(drawing);
        Arrays.sort(shares);
        int middle = shares.length / 2;
        return String.format(
                Locale.ROOT,
                "%.1f | %.2f | %.2f %% (%.2f to %.2f)",
                millis[middle],
                drawing[middle],
                shares[middle],
                shares[middle / 2],
                shares[middle + middle / 2]);
    }

    private FloatBuffer rows() {
        return ByteBuffer.allocateDirect(KEPT_STEPS * ROWS * vocab * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private FloatBuffer random() {
        FloatBuffer rows = rows();
        Random random = new Random(1);
        for (int i = 0; i < rows.capacity(); i++) {
            rows.put(i, (float) (3 * random.nextGaussian()));
        }
        return rows;
    }

    /** Nanoseconds a row: the best of 20 passes over all of them, after as many. */
    private double again(FloatBuffer rows) {
        long best = Long.MAX_VALUE;
        for (int pass = 0; pass < 40; pass++) {
            long start = System.nanoTime();
            for (int row = 0; row < KEPT_STEPS * ROWS; row++) {
                samplers[row % ROWS].next(rows.position(row * vocab), workspace);
            }
            long nanos = System.nanoTime() - start;
            best = pass < 20 ? best : Math.min(best, nanos);
        }
        return (double) best / (KEPT_STEPS * ROWS);
    }
}
