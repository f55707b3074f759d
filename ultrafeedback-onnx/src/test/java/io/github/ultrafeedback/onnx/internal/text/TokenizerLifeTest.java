package io.github.ultrafeedback.onnx.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening, sharing and closing a tokenizer, and what is said where that cannot be. */
class TokenizerLifeTest {
    @TempDir
    Path folder;

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"version\":\"1.0\"}",
                "{\"model\":[]}",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0",
                "{\"model\":{\"type\":\"Telepathy\"}}",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a b\"]}}"
            })
    void aBrokenFileIsNamed(String json) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, json);
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aBrokenConfigurationIsNamed() {
        SmallTokenizers.config(SmallTokenizers.byteLevel(folder), "{\"bos_token\":");
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("tokenizer_config.json")
                .hasMessageContaining("line 1");
        SmallTokenizers.config(folder, "{\"added_tokens_decoder\":{\"one\":{\"content\":\"x\"}}}");
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("\"one\"");
    }

    @Test
    void anAddedTokenWithAnIdThatTheLibraryWouldNotGiveItIsRefused() throws IOException {
        Path file = SmallTokenizers.byteLevel(folder).resolve("tokenizer.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\"id\":0,", "\"id\":7,"));
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("<|endoftext|>")
                .hasMessageContaining("7");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, true", "Linux, aarch64, true", "Mac OS X, aarch64, true", "Windows 11, amd64, true",
        "Mac OS X, x86_64, false", "Windows 11, aarch64, false", "Linux, riscv64, false", "SunOS, amd64, false"
    })
    void aPlatformWithoutNativeCodeIsNamedWithThoseThatHaveIt(String os, String arch, boolean supported) {
        String problem = NativePlatform.problem(os, arch);
        if (supported) {
            assertThat(problem).isNull();
        } else {
            assertThat(problem).contains(os + " " + arch, "Linux x86_64", "musl", "macOS aarch64", "Windows x86_64");
        }
        assertThat(NativePlatform.loadFailure()).contains("DJL_CACHE_DIR", System.getProperty("os.arch"));
    }

    @Test
    void telemetryAndDownloadsAreOffUnlessTheUserWantsThem() {
        Tokenizer.open(SmallTokenizers.byteLevel(folder)).close();
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        System.setProperty("OPT_OUT_TRACKING", "false");
        try {
            NativePlatform.stayOffline();
            assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("false");
        } finally {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
    }

    @Test
    void aClosedTokenizerSaysSo() {
        Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder));
        tokenizer.close();
        tokenizer.close();
        assertThatThrownBy(() -> tokenizer.encodeRaw("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> tokenizer.decode(new int[1], 0, 1, true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingWaitsForRunningCalls() throws Exception {
        int rounds = Boolean.getBoolean("ultrafeedback.full") ? 300 : 20;
        Path model = SmallTokenizers.byteLevel(folder);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < rounds; round++) {
                Tokenizer tokenizer = Tokenizer.open(model);
                CountDownLatch running = new CountDownLatch(4);
                Callable<Integer> work = () -> useUntilClosed(tokenizer, running);
                List<Future<Integer>> calls = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    calls.add(threads.submit(work));
                }
                running.await();
                tokenizer.close();
                for (Future<Integer> call : calls) {
                    assertThat(call.get()).isPositive();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Encodes and decodes until the tokenizer is closed; a wrong result or any other error fails the test. */
    private static int useUntilClosed(Tokenizer tokenizer, CountDownLatch running) {
        String text = "hello world ".repeat(50);
        for (int calls = 0; ; calls++) {
            try {
                int[] ids = tokenizer.encodeRaw(text);
                assertThat(tokenizer.decode(ids, 0, ids.length, true)).isEqualTo(text);
            } catch (IllegalStateException closed) {
                return calls;
            }
            if (calls == 0) {
                running.countDown();
            }
        }
    }
}
