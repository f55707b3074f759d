package io.github.ultrafeedback.onnx.internal.model;

import static io.github.ultrafeedback.onnx.internal.model.TinyModel.copy;
import static io.github.ultrafeedback.onnx.internal.model.TinyModel.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.device.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * With the CUDA build of ONNX Runtime: {@code mvn -Pcuda verify}. Most of it needs an NVIDIA GPU and a graph in
 * float16, whose folder {@code -Dultrafeedback.fp16} names: {@code tools/export_llama.py --precision fp16 --kv fp16}
 * makes one.
 */
@Tag("cuda")
final class CudaTest {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    @Test
    void withoutAGpuTheMissingLibraryAndTheArtifactAreNamed() {
        assumeFalse(Files.exists(DRIVER), "this machine has an NVIDIA driver");
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> open(TinyModel.folder(), Device.CUDA))
                .withMessageMatching("(?s).*the library lib\\S+ is missing.*")
                .withMessageContaining("com.microsoft.onnxruntime:onnxruntime_gpu");
        try (OnnxModel model = open(TinyModel.folder(), Device.AUTO)) {
            assertThat(model.device()).isEqualTo(Device.CPU);
        }
    }

    @Test
    void anOperatorThatCudaLacksIsAnErrorAndNotAFallBack() {
        assumeGpu();
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> open(TinyModel.folder(), Device.CUDA))
                .withMessageContaining("GroupQueryAttention")
                .withMessageContaining("fp16");
    }

    @Test
    void aHalfPrecisionGraphAnswersAsOnTheCpu() {
        assumeGpu();
        String named = System.getProperty("ultrafeedback.fp16");
        assumeTrue(named != null, "-Dultrafeedback.fp16 names no folder with a float16 graph");
        try (OnnxModel gpu = open(Path.of(named), Device.CUDA);
                OnnxModel cpu = open(Path.of(named), Device.CPU);
                Decoder onGpu = gpu.newDecoder();
                Decoder onCpu = cpu.newDecoder()) {
            assertThat(gpu.device()).isEqualTo(Device.CUDA);
            assertThat(TinyModel.distance(copy(onGpu.prefill(prompt(150))), copy(onCpu.prefill(prompt(150)))))
                    .isLessThan(0.1f);
            assertThat(TinyModel.distance(copy(onGpu.decode(7)), copy(onCpu.decode(7))))
                    .isLessThan(0.1f);
        }
    }

    private static void assumeGpu() {
        assumeTrue(Files.exists(DRIVER), "no NVIDIA driver on this machine (" + DRIVER + ")");
    }

    private static OnnxModel open(Path folder, Device device) {
        return OnnxRuntime.open(ModelFolder.open(folder, null), RuntimeOptions.on(device));
    }
}
