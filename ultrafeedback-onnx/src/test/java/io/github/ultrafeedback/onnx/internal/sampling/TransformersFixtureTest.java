package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.SamplingParamsBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Against {@code processors.json}, which {@code tools/make_processor_fixtures.py} makes with transformers. */
class TransformersFixtureTest {
    @TestFactory
    List<DynamicTest> processorsGiveWhatTransformersGives() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = TransformersFixtureTest.class.getResourceAsStream("processors.json")) {
            JsonNode fixture = new ObjectMapper().readTree(in);
            for (JsonNode test : fixture.get("cases")) {
                JsonNode vector = fixture.get("vectors").get(test.get("vector").asInt());
                String name = "vector " + test.get("vector") + " " + test.get("steps");
                tests.add(DynamicTest.dynamicTest(name, () -> check(vector, test)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(200);
        return tests;
    }

    private static void check(JsonNode vector, JsonNode test) {
        SamplingParamsBuilder builder = SamplingParams.builder();
        for (JsonNode step : test.get("steps")) {
            builder = with(builder, step.get("name").asText(), step.get("value").asDouble());
        }
        float[] row = floats(vector.get("logits"));
        TokenHistory history = new TokenHistory(new int[0]);
        vector.get("tokens").forEach(id -> history.add(id.asInt()));
        SamplingWorkspace workspace = SamplingWorkspace.create(row.length);
        for (LogitsProcessor processor : ProcessorChain.of(builder.build(), history, new int[0])) {
            processor.process(row, 0, workspace);
        }
        assertThat(row).containsExactly(floats(test.get("expected")), within(1e-6f));
    }

    private static SamplingParamsBuilder with(SamplingParamsBuilder builder, String name, double value) {
        return switch (name) {
            case "temperature" -> builder.temperature(value);
            case "topK" -> builder.topK((int) value);
            case "topP" -> builder.topP(value);
            case "minP" -> builder.minP(value);
            case "repetitionPenalty" -> builder.repetitionPenalty(value);
            case "frequencyPenalty" -> builder.frequencyPenalty(value);
            case "presencePenalty" -> builder.presencePenalty(value);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static float[] floats(JsonNode numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).isNull()
                    ? Float.NEGATIVE_INFINITY
                    : (float) numbers.get(i).asDouble();
        }
        return values;
    }
}
