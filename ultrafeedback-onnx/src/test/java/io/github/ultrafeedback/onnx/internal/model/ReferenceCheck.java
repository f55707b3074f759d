package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.onnx.internal.model.ReferenceFixture.Prompt;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Holds a decoder against the reference: the same tokens, logits within 1e-3. */
final class ReferenceCheck {
    private final ReferenceFixture fixture;
    private float worst;

    ReferenceCheck(ReferenceFixture fixture) {
        this.fixture = fixture;
    }

    /** Every prompt of the fixture; the largest distance of a logit. */
    float check(Decoder decoder) {
        assertThat(decoder.vocabSize()).isEqualTo(fixture.vocabSize());
        for (int prompt = 0; prompt < fixture.prompts().size(); prompt++) {
            check(decoder, prompt);
        }
        return worst;
    }

    private void check(Decoder decoder, int index) {
        Prompt prompt = fixture.prompts().get(index);
        List<Integer> greedy = new ArrayList<>();
        FloatBuffer logits = decoder.prefill(prompt.tokens());
        for (int step = 0; step < prompt.greedy().size(); step++) {
            if (step < fixture.logitSteps()) {
                float distance = TinyModel.distance(TinyModel.copy(logits), fixture.row(index, step));
                assertThat(distance)
                        .as("logits of prompt %s, step %d", prompt.id(), step)
                        .isLessThan(1e-3f);
                worst = Math.max(worst, distance);
            }
            int token = TinyModel.best(logits);
            greedy.add(token);
            logits = decoder.decode(token);
        }
        assertThat(greedy)
                .as("tokens of prompt %s, whose smallest gap is %s", prompt.id(), prompt.smallestGap())
                .isEqualTo(prompt.greedy());
    }
}
