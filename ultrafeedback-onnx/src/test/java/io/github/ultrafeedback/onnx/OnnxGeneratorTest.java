package io.github.ultrafeedback.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.SamplingParamsBuilder;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.TokenLogprob;
import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.PromptFormats;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.ModelNotFoundException;
import io.github.ultrafeedback.error.PromptTooLongException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxGeneratorTest {
    private static final Prompt STORY = Prompt.of("Tell me a story about a fox and a well.");
    private static final SamplingParams SHORT =
            SamplingParams.builder().maxTokens(24).seed(3).build();

    private static Generator open(OnnxSettings settings) {
        return Generators.forModel(
                "onnx:" + TinyModel.FOLDER,
                GeneratorOptions.builder().settings(settings).build());
    }

    private static Generator open() {
        return open(OnnxSettings.defaults());
    }

    @Test
    void aFolderIsAModelWithoutAScheme() {
        try (Generator generator = Generators.forModel(TinyModel.FOLDER.toString())) {
            assertThat(generator).isInstanceOf(OnnxGenerator.class);
        }
    }

    @Test
    void aMissingFolderIsNamed(@TempDir Path empty) {
        assertThatThrownBy(() -> Generators.forModel("onnx:" + empty.resolve("none")))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining(empty.resolve("none").toString());
    }

    @Test
    void aCompletionRecordsWhatWasUsed() {
        try (Generator generator = open()) {
            Completion completion = generator.generate(List.of(STORY), SHORT).get(0);
            assertThat(completion.seed())
                    .isPresent()
                    .isEqualTo(completion.params().seed());
            assertThat(completion.usage().completionTokens())
                    .isEqualTo(completion.choices().get(0).tokenIds().size());
            assertThat(completion.usage().promptTokens()).isPositive();
            assertThat(completion.attempts()).isEqualTo(1);
            assertThat(completion.provenance())
                    .containsEntry("device", "CPU")
                    .containsEntry("format", "chat_template")
                    .containsKey("graph")
                    .doesNotContainKey("profile");
        }
    }

    @Test
    void itsOwnParametersReproduceACompletion() {
        try (Generator generator = open()) {
            Completion first = generator.submit(GenerationRequest.of(STORY)).join();
            Completion again = generator
                    .submit(GenerationRequest.of(STORY, first.params()))
                    .join();
            assertThat(again.choices()).isEqualTo(first.choices());
        }
    }

    @Test
    void theChoicesOfOnePromptDifferAndTheFirstIsTheSameAlone() {
        SamplingParams four = SHORT.toBuilder().n(4).build();
        try (Generator generator = open()) {
            Completion all = generator.submit(GenerationRequest.of(STORY, four)).join();
            Completion alone =
                    generator.submit(GenerationRequest.of(STORY, SHORT)).join();
            assertThat(all.choices()).extracting(choice -> choice.tokenIds()).doesNotHaveDuplicates();
            assertThat(all.choices().get(0)).isEqualTo(alone.choices().get(0));
            assertThat(all.usage().promptTokens()).isEqualTo(alone.usage().promptTokens());
        }
    }

    @Test
    void aStopTokenEndsTheChoiceAndIsNamed() {
        try (Generator generator = open()) {
            Completion whole =
                    generator.submit(GenerationRequest.of(STORY, SHORT)).join();
            int id = whole.choices().get(0).tokenIds().get(5);
            Completion cut = generator
                    .submit(GenerationRequest.of(
                            STORY, SHORT.toBuilder().stopTokenIds(List.of(id)).build()))
                    .join();
            assertThat(cut.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(cut.choices().get(0).stopReason()).isEqualTo(new StopReason.StopToken(id));
            assertThat(whole.text()).startsWith(cut.text());
        }
    }

    @Test
    void logprobsAreThoseOfTheDrawnTokens() {
        SamplingParams params = SHORT.toBuilder().logprobs(3).build();
        try (Generator generator = open()) {
            Completion completion =
                    generator.submit(GenerationRequest.of(STORY, params)).join();
            List<TokenLogprob> logprobs = completion.choices().get(0).logprobs();
            assertThat(logprobs)
                    .extracting(TokenLogprob::id)
                    .isEqualTo(completion.choices().get(0).tokenIds());
            assertThat(logprobs).allSatisfy(token -> {
                assertThat(token.logprob()).isLessThanOrEqualTo(0);
                assertThat(token.top()).hasSize(3);
                assertThat(token.top().get(0).logprob()).isGreaterThanOrEqualTo(token.logprob());
            });
        }
    }

    @Test
    void aTokenOutsideTheVocabularyIsRefused() {
        try (Generator generator = open()) {
            assertRefused(generator, SHORT.toBuilder().logitBias(Map.of(4096, 1.0)), "logitBias");
            assertRefused(generator, SHORT.toBuilder().stopTokenIds(List.of(5, 4096)), "stopTokenIds");
            SamplingParams last = SHORT.toBuilder()
                    .logitBias(Map.of(4095, 1.0))
                    .stopTokenIds(List.of(4095))
                    .build();
            assertThat(generator.generate(List.of(STORY), last)).hasSize(1);
        }
    }

    private static void assertRefused(Generator generator, SamplingParamsBuilder params, String field) {
        assertThatThrownBy(() -> generator
                        .submit(GenerationRequest.of(STORY, params.build()))
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(field + " must hold ids in [0, 4095]")
                .hasMessageContaining("got 4096");
    }

    @Test
    void aStopOfTheModelsOwnThatTheGraphLacksIsNoFaultOfTheCallers() {
        GeneratorOptions options = GeneratorOptions.builder()
                .modelPath(TinyModel.FOLDER)
                .promptFormat(PromptFormats.chatMl())
                .build();
        try (Generator generator = Generators.forModel("onnx:starchat", options)) { // one of its stops is 49155
            assertThat(generator.generate(List.of(STORY), SHORT)).hasSize(1);
        }
    }

    @Test
    void aPromptLongerThanTheContextFailsAlone() {
        Prompt endless = Prompt.of("well ".repeat(3000));
        try (Generator generator = open()) {
            List<Outcome> outcomes = generator.generateEach(
                    List.of(GenerationRequest.of(endless, SHORT), GenerationRequest.of(STORY, SHORT)));
            assertThat(outcomes.get(0))
                    .isInstanceOfSatisfying(
                            Outcome.Failure.class,
                            failure -> assertThat(failure.cause()).isInstanceOf(PromptTooLongException.class));
            assertThat(outcomes.get(1)).isInstanceOf(Outcome.Success.class);
        }
    }

    @Test
    void truncationKeepsItsPlaceInTheRecord() {
        Prompt endless = Prompt.of("well ".repeat(3000));
        try (Generator generator =
                open(OnnxSettings.builder().truncation(Truncation.HOLE).build())) {
            Completion completion =
                    generator.submit(GenerationRequest.of(endless, SHORT)).join();
            assertThat(completion.provenance()).containsKey("truncated_tokens");
            assertThat(completion.usage().promptTokens()).isGreaterThan(400);
        }
    }

    @Test
    void theHuggingFaceProfileSetsTopKAndHandsOutTheWholeText() {
        List<String> heard = new ArrayList<>();
        try (Generator generator = open(
                OnnxSettings.builder().profile(PipelineProfile.HUGGING_FACE).build())) {
            Completion completion = generator
                    .submit(GenerationRequest.of(STORY, SHORT).withListener((choice, delta) -> heard.add(delta)))
                    .join();
            assertThat(completion.params().topK()).isEqualTo(50);
            assertThat(completion.provenance()).containsEntry("profile", "HUGGING_FACE");
            assertThat(heard).containsExactly(completion.text());
        }
    }

    @Test
    void aSystemTextChangesThePrompt() {
        try (Generator generator = open()) {
            Prompt with = Prompt.chat(List.of(Message.system("You are brief."), Message.user("What is a river?")));
            int without = generator
                    .submit(GenerationRequest.of(Prompt.of("What is a river?"), SHORT))
                    .join()
                    .usage()
                    .promptTokens();
            assertThat(generator
                            .submit(GenerationRequest.of(with, SHORT))
                            .join()
                            .usage()
                            .promptTokens())
                    .isGreaterThan(without);
        }
    }

    @Test
    void rawTextIsContinuedAsItStands() {
        try (Generator generator = open()) {
            Completion raw = generator
                    .submit(GenerationRequest.of(
                            Prompt.raw("<|im_start|>user\nWhat is a river?<|im_end|>\n<|im_start|>assistant\n"), SHORT))
                    .join();
            Completion chat = generator
                    .submit(GenerationRequest.of(Prompt.of("What is a river?"), SHORT))
                    .join();
            assertThat(raw.choices()).isEqualTo(chat.choices());
        }
    }
}
