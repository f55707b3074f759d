package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.onnx.device.Device;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The language model of the repository, in all its graphs, and what tests do with one. */
final class TinyModel {
    /** Cache in place, lengths as inputs, logits of selected rows. */
    static final String GQA = "model.onnx";
    /** Cache in place, attention mask, logits of all rows. */
    static final String GENAI = "model_genai.onnx";
    /** Growing cache, attention mask and position ids, logits of all rows. */
    static final String PLAIN = "model_plain.onnx";

    static final List<String> KV = List.of("model_kv_fp16.onnx", "model_kv_int8.onnx");
    static final List<String> QUANTIZED = List.of("model_int8.onnx", "model_int4.onnx", "model_w8a8.onnx");

    private TinyModel() {}

    static List<String> float32Graphs() {
        return List.of(GQA, GENAI, PLAIN);
    }

    static List<String> allGraphs() {
        return List.of(GQA, GENAI, PLAIN, KV.get(0), KV.get(1), QUANTIZED.get(0), QUANTIZED.get(1), QUANTIZED.get(2));
    }

    static Path folder() {
        Path folder = Path.of(System.getProperty("ultrafeedback.tiny", "examples/models/ultrafeedback-tiny"));
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("No model in " + folder + ": set -Dultrafeedback.tiny");
        }
        return folder;
    }

    static OnnxModel open(@Nullable String graph) {
        return open(graph, 1);
    }

    /** One thread is fastest for a model this small while other tests load the machine. */
    static OnnxModel open(@Nullable String graph, int threads) {
        return OnnxRuntime.open(ModelFolder.open(folder(), graph), new RuntimeOptions(Device.CPU, threads));
    }

    static int[] prompt(int length) {
        return new Random(length).ints(length, 3, 4000).toArray();
    }

    static float[] copy(FloatBuffer logits) {
        float[] row = new float[logits.remaining()];
        logits.get(0, row);
        return row;
    }

    /** The lowest of the ids with the highest logit. */
    static int best(FloatBuffer logits) {
        int best = 0;
        for (int id = 1; id < logits.limit(); id++) {
            if (logits.get(id) > logits.get(best)) {
                best = id;
            }
        }
        return best;
    }

    static float distance(float[] left, float[] right) {
        float most = left.length == right.length ? 0 : Float.POSITIVE_INFINITY;
        for (int i = 0; i < left.length; i++) {
            most = Math.max(most, Math.abs(left[i] - right[i]));
        }
        return most;
    }
}
