package io.github.ultrafeedback.onnx.internal.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.onnx.TinyModel;
import io.github.ultrafeedback.onnx.device.Device;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import io.github.ultrafeedback.onnx.internal.model.RuntimeOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ChoiceTextTest {
    private static final LoadedModel LOADED = LoadedModel.open(
            new ModelRef("onnx", TinyModel.FOLDER.toString()),
            ModelFolder.open(TinyModel.FOLDER, null),
            GeneratorOptions.defaults(),
            "default",
            RuntimeOptions.of(Device.CPU, 1));
    private static final int[] IDS = LOADED.prompts().encode(Prompt.raw("A fox and a well."));

    @AfterAll
    static void close() {
        LOADED.close();
    }

    private static ChoiceText text(SamplingParams params) {
        Job job = new Job(GenerationRequest.of(Prompt.raw("x"), params), params);
        return new ChoiceText(LOADED, job, 0, new int[] {1}, TextProfile.PLAIN);
    }

    /** Feeds the ids, the last with the verdict given. */
    private static Choice feed(ChoiceText text, TokenVerdict last) {
        for (int i = 0; i < IDS.length; i++) {
            boolean end = i == IDS.length - 1;
            Choice choice = text.append(IDS[i], end ? last : TokenVerdict.GO_ON, null);
            if (choice != null) {
                return choice;
            }
        }
        throw new AssertionError("nothing ended the choice");
    }

    @Test
    void lengthKeepsTheLastTokensText() {
        Choice choice = feed(text(SamplingParams.defaults()), TokenVerdict.LENGTH);
        assertThat(choice.text()).isEqualTo("A fox and a well.");
        assertThat(choice.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(choice.tokenIdArray()).containsExactly(IDS);
    }

    @Test
    void theTokenThatEndsGivesNoText() {
        Choice ended = feed(text(SamplingParams.defaults()), TokenVerdict.END_TOKEN);
        assertThat(ended.text()).isEqualTo("A fox and a well");
        assertThat(ended.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(ended.stopReason()).isNull();
        Choice stopped = feed(text(SamplingParams.defaults()), TokenVerdict.STOP_TOKEN);
        assertThat(stopped.stopReason()).isEqualTo(new StopReason.StopToken(IDS[IDS.length - 1]));
    }

    @Test
    void aStopStringEndsTheChoiceAndTokensPastItAreNotMissed() {
        SamplingParams params = SamplingParams.builder().stop(List.of(" and")).build();
        Choice choice = feed(text(params), TokenVerdict.GO_ON);
        assertThat(choice.text()).isEqualTo("A fox");
        assertThat(choice.tokenIds()).hasSizeLessThan(IDS.length);
        assertThat(choice.stopReason()).isEqualTo(new StopReason.StopString(" and"));
    }

    @Test
    void aStopStringThatTheLastAllowedTokenCompletesWinsOverLength() {
        SamplingParams params = SamplingParams.builder().stop(List.of(".")).build();
        Choice choice = feed(text(params), TokenVerdict.LENGTH);
        assertThat(choice.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(choice.text()).isEqualTo("A fox and a well");
    }
}
