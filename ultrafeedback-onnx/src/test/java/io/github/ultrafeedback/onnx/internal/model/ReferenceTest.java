package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The embedded model against Hugging Face transformers on the very same weights. */
final class ReferenceTest {
    static Stream<String> float32Graphs() {
        return TinyModel.float32Graphs().stream();
    }

    @ParameterizedTest
    @MethodSource("float32Graphs")
    void tokensEqualThoseOfTransformersForEveryPromptAndStep(String graph) throws IOException {
        ReferenceFixture fixture = fixture();
        assertThat(fixture.prompts()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(fixture.prompts())
                .allSatisfy(prompt -> assertThat(prompt.greedy()).hasSize(64));
        try (OnnxModel model = TinyModel.open(graph);
                Decoder decoder = model.newDecoder()) {
            assertThat(new ReferenceCheck(fixture).check(decoder)).isPositive();
        }
    }

    private static ReferenceFixture fixture() throws IOException {
        try (InputStream json = ReferenceTest.class.getResourceAsStream("/reference/reference.json");
                InputStream logits = ReferenceTest.class.getResourceAsStream("/reference/logits.bin.gz")) {
            assumeTrue(
                    json != null && logits != null,
                    "src/test/resources/reference has no reference.json and logits.bin.gz; tools/make_fixtures.py"
                            + " writes them");
            return ReferenceFixture.read(json, logits);
        }
    }
}
