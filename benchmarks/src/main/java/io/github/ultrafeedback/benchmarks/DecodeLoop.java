package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.onnx.device.Device;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import io.github.ultrafeedback.onnx.internal.model.OnnxModel;
import io.github.ultrafeedback.onnx.internal.model.OnnxRuntime;
import io.github.ultrafeedback.onnx.internal.model.RuntimeOptions;
import io.github.ultrafeedback.onnx.internal.model.SlotDecoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * The most that batching can give on this machine: rows decoded together over slots that hold the same number of
 * positions, nothing drawn and nothing decoded. What a generator does beside this is its own cost.
 *
 * <p>Usage: {@code DecodeLoop <model folder> [context] [steps] [rounds]}; 200 positions, 24 steps and 7 rounds by
 * default. Prints milliseconds a step and tokens/s at 1, 2, 4, 8, 16 and 32 rows, best and median round.
 */
public final class DecodeLoop {
    private static final int SLOTS = 32;
    private static final int CHUNK = 50;

    private final SlotDecoder decoder;
    private final int context;
    private final int steps;
    private final int[] ids;
    private final int[] lengths = new int[SLOTS];

    private DecodeLoop(SlotDecoder decoder, int context, int steps) {
        this.decoder = decoder;
        this.context = context;
        this.steps = steps;
        this.ids = new Random(1).ints(SLOTS, 0, decoder.vocabSize()).toArray();
    }

    /**
     * Runs the measurement.
     *
     * @param args model folder, context, steps, rounds; all but the first optional
     */
    public static void main(String[] args) {
        int context = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        int steps = args.length > 2 ? Integer.parseInt(args[2]) : 24;
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 7;
        try (OnnxModel model =
                        OnnxRuntime.open(ModelFolder.open(Path.of(args[0]), null), RuntimeOptions.on(Device.CPU));
                SlotDecoder decoder = model.newSlotDecoder(SLOTS, context + steps)) {
            DecodeLoop loop = new DecodeLoop(decoder, context, steps);
            loop.fill();
            for (int rows = 1; rows <= SLOTS; rows *= 2) {
                loop.measure(rows, rounds);
            }
        }
    }

    /** The same prompt everywhere: numbers change no time. */
    private void fill() {
        int[] prompt = new Random(2).ints(context, 0, decoder.vocabSize()).toArray();
        int past = 0;
        while (past < context) {
            int left = context - past;
            int count = left <= CHUNK + 1 ? left : CHUNK; // no last chunk of one token
            decoder.prefill(0, prompt, past, count, false);
            past += count;
        }
        for (int slot = 1; slot < SLOTS; slot++) {
            decoder.copy(0, slot, context);
        }
    }

    private void measure(int rows, int rounds) {
        round(rows); // warms up
        double[] millis = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            millis[i] = round(rows) / 1e6 / steps;
        }
        Arrays.sort(millis);
        double best = millis[0];
        double median = millis[rounds / 2];
        System.out.printf(
                Locale.ROOT,
                "%2d rows: best %.2f ms a step, %.0f tokens/s; median %.2f ms, %.0f tokens/s%n",
                rows,
                best,
                rows * 1000 / best,
                median,
                rows * 1000 / median);
    }

    private long round(int rows) {
        long start = System.nanoTime();
        for (int step = 0; step < steps; step++) {
            Arrays.fill(lengths, context + step);
            decoder.decode(rows, ids, lengths);
        }
        return System.nanoTime() - start;
    }
}
