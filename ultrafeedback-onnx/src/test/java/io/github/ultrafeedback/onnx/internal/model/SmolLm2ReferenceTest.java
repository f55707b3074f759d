package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ultrafeedback.onnx.device.Device;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A public model of 135 million parameters against transformers. It is not in the repository: name a folder made by
 * {@code tools/export_llama.py}, with its {@code fixtures}, by {@code -Dultrafeedback.smollm2}.
 */
final class SmolLm2ReferenceTest {
    @Test
    void tokensEqualThoseOfTransformersForEveryPromptAndStep() throws IOException {
        String named = System.getProperty("ultrafeedback.smollm2");
        assumeTrue(named != null, "-Dultrafeedback.smollm2 names no folder with an export of SmolLM2-135M-Instruct");
        Path fixtures = Path.of(System.getProperty("ultrafeedback.smollm2.fixtures", named + "/fixtures"));
        try (InputStream json = Files.newInputStream(fixtures.resolve("reference.json"));
                InputStream logits = Files.newInputStream(fixtures.resolve("logits.bin.gz"));
                OnnxModel model =
                        OnnxRuntime.open(ModelFolder.open(Path.of(named), null), RuntimeOptions.on(Device.CPU));
                Decoder decoder = model.newDecoder()) {
            ReferenceFixture fixture = ReferenceFixture.read(json, logits);
            assertThat(fixture.prompts()).hasSizeGreaterThanOrEqualTo(20);
            float worst = new ReferenceCheck(fixture).check(decoder);
            System.out.println(
                    "SmolLM2: " + fixture.prompts().size() + " prompts equal, largest distance of a logit " + worst);
        }
    }
}
