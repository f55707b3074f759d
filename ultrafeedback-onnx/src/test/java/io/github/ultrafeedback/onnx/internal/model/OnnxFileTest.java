package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.device.Device;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxFileTest {
    @TempDir
    Path folder;

    @Test
    void operatorsAndWeightFilesOfTheEmbeddedGraphsAreFound() {
        OnnxFile shared = OnnxFile.read(TinyModel.folder().resolve(TinyModel.GQA));
        assertThat(shared.count("GroupQueryAttention")).isEqualTo(6);
        assertThat(shared.externalData()).containsExactly("model.onnx.data");
        OnnxFile plain = OnnxFile.read(TinyModel.folder().resolve(TinyModel.PLAIN));
        assertThat(plain.count("GroupQueryAttention")).isZero();
        assertThat(plain.count("Softmax")).isEqualTo(6);
    }

    @Test
    void weightsInsideTheFileAreJumpedOverAndNestedGraphsCounted() throws IOException {
        byte[] inner = message(1, message(4, "Softmax"));
        byte[] branch = message(5, message(6, inner));
        byte[] weights = message(5, message(9, new byte[300_000]));
        byte[] graph = join(
                message(1, join(message(1, "x"), message(4, "If"), branch)), weights, message(1, message(4, "MatMul")));
        byte[] function = message(25, message(7, message(4, "Relu")));
        Files.write(folder.resolve("own.onnx"), join(new byte[] {8, 10}, message(7, graph), function));
        OnnxFile file = OnnxFile.read(folder.resolve("own.onnx"));
        assertThat(file.operators())
                .containsOnlyKeys("If", "Softmax", "MatMul", "Relu")
                .containsEntry("MatMul", 1);
        assertThat(file.externalData()).isEmpty();
    }

    @Test
    void aFileThatWasCutOffIsRefusedWithTheReason() throws IOException {
        byte[] whole = Files.readAllBytes(TinyModel.folder().resolve(TinyModel.GQA));
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> OnnxFile.read(cut))
                .withMessageContaining("cut.onnx")
                .withMessageContaining("fetch it again");
    }

    @Test
    void aGitPointerAndAnEmptyFileAreRefused() throws IOException {
        Path pointer = Files.writeString(
                folder.resolve("pointer.onnx"), "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
        Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
        for (Path file : new Path[] {pointer, empty}) {
            assertThatExceptionOfType(ModelLoadException.class)
                    .isThrownBy(() -> OnnxFile.read(file))
                    .withMessageContaining(file.getFileName().toString());
        }
    }

    @Test
    void noByteThatIsTurnedMakesTheReaderRunWildOrFailUntyped() throws IOException {
        byte[] whole = Arrays.copyOf(Files.readAllBytes(TinyModel.folder().resolve(TinyModel.GQA)), 4000);
        for (int i = 0; i < whole.length; i += 7) {
            byte[] broken = whole.clone();
            broken[i] ^= (byte) 0xff;
            Path file = Files.write(folder.resolve("broken.onnx"), broken);
            try {
                OnnxFile.read(file);
            } catch (ModelLoadException expected) {
                assertThat(expected).hasMessageContaining("broken.onnx");
            }
        }
    }

    @Test
    void missingWeightsAreNamedBeforeTheRuntimeTries() throws IOException {
        Files.copy(TinyModel.folder().resolve(TinyModel.GQA), folder.resolve("model.onnx"));
        Files.copy(TinyModel.folder().resolve("config.json"), folder.resolve("config.json"));
        ModelFolder model = ModelFolder.open(folder, null);
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> OnnxRuntime.open(model, RuntimeOptions.on(Device.CPU)))
                .withMessageContaining("model.onnx.data")
                .withMessageContaining("Copy");
    }

    private static byte[] message(int field, String text) throws IOException {
        return message(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] message(int field, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, (field << 3) | 2);
        varint(out, content.length);
        out.write(content);
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.write(part);
        }
        return out.toByteArray();
    }
}
