package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.onnx.device.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Graphs whose sequences run in slots: those of the embedded model and, where {@code -Dultrafeedback.models.dir} names
 * a folder with exports of SmolLM2-135M-Instruct (folders as {@code smollm2-int8}), those too.
 */
final class SlotModels {
    private static final List<String> TINY = List.of(
            TinyModel.GQA,
            TinyModel.GENAI,
            "model_kv_fp16.onnx",
            "model_kv_int8.onnx",
            "model_int8.onnx",
            "model_int4.onnx",
            "model_w8a8.onnx");
    private static final List<String> LARGE =
            List.of("smollm2-fp32", "smollm2-int8", "smollm2-int4", "smollm2-w8a8", "smollm2-genai");

    private SlotModels() {}

    static Stream<String> names() {
        List<String> names = new ArrayList<>(TINY);
        String folder = System.getProperty("ultrafeedback.models.dir", "");
        if (!folder.isEmpty()) {
            LARGE.stream()
                    .filter(name -> Files.isDirectory(Path.of(folder, name)))
                    .forEach(names::add);
        }
        return names.stream();
    }

    static boolean isLarge(String name) {
        return LARGE.contains(name);
    }

    static OnnxModel open(String name) {
        if (!isLarge(name)) {
            return TinyModel.open(name);
        }
        Path folder = Path.of(System.getProperty("ultrafeedback.models.dir"), name);
        return OnnxRuntime.open(ModelFolder.open(folder, null), RuntimeOptions.on(Device.CPU));
    }
}
