package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtProvider;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.device.Device;
import org.junit.jupiter.api.Test;

final class DeviceTest {
    @Test
    void cudaWithTheCpuBuildFailsAndNamesBothArtifacts() {
        assumeCpuBuild();
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> open(Device.CUDA))
                .withMessageContaining("the CPU build is on the class path")
                .withMessageContaining("com.microsoft.onnxruntime:onnxruntime_gpu");
    }

    @Test
    void autoTakesTheCpuWhereCudaDoesNotWork() {
        assumeCpuBuild();
        try (OnnxModel model = open(Device.AUTO);
                Decoder decoder = model.newDecoder()) {
            assertThat(model.device()).isEqualTo(Device.CPU);
            assertThat(decoder.prefill(new int[] {5, 6}).limit()).isEqualTo(decoder.vocabSize());
        }
    }

    @Test
    void aMissingLibraryIsNamedTogetherWithTheArtifact() {
        String loader = "Failed to load library libonnxruntime_providers_cuda.so with error:"
                + " libcublasLt.so.12: cannot open shared object file: No such file or directory";
        assertThat(SessionFactory.cudaMessage(OrtErrorCode.ORT_FAIL, loader))
                .contains("the library libcublasLt.so.12 is missing")
                .contains("com.microsoft.onnxruntime:onnxruntime_gpu");
        assertThat(SessionFactory.cudaMessage(OrtErrorCode.ORT_FAIL, "no driver"))
                .contains("CUDA does not load")
                .contains("no driver");
    }

    @Test
    void threadsOutsideTheirRangeAreRefused() {
        assertThat(RuntimeOptions.on(Device.CPU).threads())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        for (int threads : new int[] {0, -1, 1025}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RuntimeOptions(Device.CPU, threads))
                    .withMessageContaining("[1, 1024]")
                    .withMessageContaining(Integer.toString(threads));
        }
    }

    private static void assumeCpuBuild() {
        OnnxEnvironment.get(Device.CPU);
        assumeFalse(
                OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
                "the CUDA build of ONNX Runtime is on the class path");
    }

    private static OnnxModel open(Device device) {
        return OnnxRuntime.open(ModelFolder.open(TinyModel.folder(), null), RuntimeOptions.on(device));
    }
}
