package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.SamplingParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs a second JVM, without {@code --add-modules}, as most users will. */
class WithoutVectorApiTest {
    @Test
    void aJvmWithoutTheFlagDrawsTheSameTokens() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Tokens.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo("vectorized=false " + Tokens.draw());
    }

    static final class Tokens {
        private Tokens() {}

        public static void main(String[] args) {
            System.out.println("vectorized=" + SamplingWorkspace.create(5000).vectorized() + " " + draw());
        }

        static String draw() {
            StringBuilder tokens = new StringBuilder();
            SamplingWorkspace workspace = SamplingWorkspace.create(5000);
            SamplingParams params = SamplingParams.builder().topP(0.99).build();
            TokenSampler sampler = TokenSampler.create(params, 3, 0, new int[0], new int[0]);
            for (int i = 0; i < 200; i++) {
                float[] logits = Logits.noise(5000, 3, i);
                tokens.append(sampler.next(Logits.direct(logits), workspace)).append(' ');
            }
            return tokens.toString().strip();
        }
    }
}
