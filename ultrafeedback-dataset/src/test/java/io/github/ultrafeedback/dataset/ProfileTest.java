package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.chat.Role;
import io.github.ultrafeedback.model.OriginalBackend;
import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.principle.Preset;
import io.github.ultrafeedback.principle.Principle;
import io.github.ultrafeedback.principle.Principles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the two profiles send and store. */
final class ProfileTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void theSaneProfileSendsAChatAndStripsTheAnswer() throws IOException {
        ScriptedGenerator generator = ScriptedGenerator.saying("vicuna-33b", request -> "  Paris</div>\n");
        JsonNode record = run(PromptProfile.SANE, generator, generator.asModel());
        GenerationRequest request = generator.requests.get(0);
        JsonNode completion = record.path("completions").path(0);
        assertThat(request.prompt().messages()).hasSize(2);
        assertThat(request.prompt().messages().get(0).role()).isEqualTo(Role.SYSTEM);
        assertThat(request.prompt().messages().get(0).content())
                .isEqualTo(completion.path("custom_system_prompt").asText());
        assertThat(request.prompt().messages().get(1).content()).isEqualTo("Where is it?");
        assertThat(request.params().withoutSeed()).isEqualTo(SamplingParams.defaults());
        assertThat(request.params().seed()).isPresent();
        assertThat(completion.path("response").asText()).isEqualTo("Paris</div>");
    }

    @Test
    void theOriginalVllmScriptIsFollowedToTheByte() throws IOException {
        ScriptedGenerator generator = ScriptedGenerator.saying("vicuna-33b", request -> " Paris</s>\n");
        JsonNode record =
                run(PromptProfile.ORIGINAL, generator, generator.asModel().withOriginal(OriginalBackend.VLLM));
        JsonNode completion = record.path("completions").path(0);
        GenerationRequest request = generator.requests.get(0);
        assertThat(request.prompt().rawText())
                .isEqualTo("A chat between a curious user and an artificial intelligence assistant. The assistant gives"
                        + " helpful, detailed, and polite answers to the user's questions. "
                        + completion.path("custom_system_prompt").asText() + " USER: Where is it? ASSISTANT:");
        assertThat(request.params().withoutSeed())
                .isEqualTo(SamplingParams.builder().stop(List.of("</s>")).build());
        assertThat(completion.path("response").asText()).isEqualTo("Pari");
    }

    @Test
    void theOriginalPipelineIsFollowedToTheByte() throws IOException {
        ScriptedGenerator generator =
                ScriptedGenerator.saying("starchat", request -> "\n It is n't here .\n\n\n\nUser: and");
        JsonNode record =
                run(PromptProfile.ORIGINAL, generator, generator.asModel().withOriginal(OriginalBackend.HUGGING_FACE));
        JsonNode completion = record.path("completions").path(0);
        GenerationRequest request = generator.requests.get(0);
        assertThat(request.prompt().rawText())
                .isEqualTo(
                        "<|system|>" + completion.path("custom_system_prompt").asText()
                                + "<|end|>\n<|user|>Where is it?<|end|>\n<|assistant|>");
        assertThat(request.params().withoutSeed())
                .isEqualTo(SamplingParams.builder().topK(50).build());
        assertThat(completion.path("response").asText()).isEqualTo("It isn't here.");
    }

    @Test
    void theOriginalApiCallIsAChatWithoutASeedAndItsAnswerStaysAsItCame() throws IOException {
        ScriptedGenerator generator = ScriptedGenerator.saying("gpt-4", request -> " as it came \n");
        JsonNode record = run(PromptProfile.ORIGINAL, generator, generator.asModel());
        GenerationRequest request = generator.requests.get(0);
        assertThat(request.prompt().isRaw()).isFalse();
        assertThat(request.params()).isEqualTo(SamplingParams.defaults());
        assertThat(record.path("completions").path(0).path("response").asText()).isEqualTo(" as it came \n");
    }

    @Test
    void whatABackendHasProcessedIsNotProcessedAgain() throws IOException {
        ScriptedGenerator generator = new ScriptedGenerator(
                "alpaca-7b",
                request -> CompletableFuture.completedFuture(
                        ScriptedGenerator.completion(request, "a .\n\n\n\nb", "profile", "HUGGING_FACE")));
        JsonNode record =
                run(PromptProfile.ORIGINAL, generator, generator.asModel().withOriginal(OriginalBackend.HUGGING_FACE));
        assertThat(record.path("completions").path(0).path("response").asText()).isEqualTo("a .\n\n\n\nb");
    }

    @Test
    void aModelThatTheScriptsNeverRanIsRefusedBeforeAnythingIsOpened() {
        for (String id : List.of("my-model", "bard", "vicuna-33b")) {
            GenerationJobBuilder builder =
                    TestJobs.job(folder, 1, TestJobs.words(id)).profile(PromptProfile.ORIGINAL);
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(id)
                    .hasMessageContaining("SANE");
        }
    }

    @Test
    void aJobWithoutPrinciplesSendsTheInstructionAlone() throws IOException {
        ScriptedGenerator generator = ScriptedGenerator.saying("m", request -> "yes");
        TestJobs.job(folder, 1, generator.asModel()).principles(null).build().run();
        assertThat(generator.requests.get(0).prompt().messages()).hasSize(1);
        JsonNode completion = JSON.readTree(
                        TestJobs.lines(folder.resolve("records.jsonl")).get(0))
                .path("completions")
                .path(0);
        assertThat(completion.path("principle").asText()).isEqualTo("none");
        assertThat(completion.path("custom_system_prompt").asText("?")).isEmpty();
    }

    @Test
    void theSubsetOfARowDecidesItsPrinciple() throws IOException {
        Path input = Files.writeString(
                folder.resolve("in.jsonl"),
                "{\"source\":\"flan_v2_niv2\",\"instruction\":\"a\"}\n{\"source\":\"truthful_qa\",\"instruction\":\"b\"}\n");
        ScriptedGenerator generator = ScriptedGenerator.saying("m", request -> "yes");
        GenerationJob.builder()
                .input(JobInput.jsonl(input))
                .folder(folder.resolve("job"))
                .models(List.of(generator.asModel()))
                .principles(Preset.README)
                .seed(7)
                .build()
                .run();
        List<String> records = TestJobs.lines(folder.resolve("job/records.jsonl"));
        List<String> ids = TestJobs.lines(folder.resolve("job/provenance.jsonl")).stream()
                .map(ProfileTest::id)
                .toList();
        assertDrawn(records.get(0), Principles.draw(Preset.README, "flan", 7, ids.get(0), "m"));
        assertDrawn(records.get(1), Principles.draw(Preset.README, "truthful_qa", 7, ids.get(1), "m"));
    }

    private static void assertDrawn(String record, Principle drawn) throws IOException {
        JsonNode completion = JSON.readTree(record).path("completions").path(0);
        assertThat(completion.path("principle").asText())
                .isEqualTo(drawn.category().wireName());
        assertThat(completion.path("custom_system_prompt").asText()).isEqualTo(drawn.text());
    }

    private static String id(String line) {
        try {
            return JSON.readTree(line).path("id").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode run(PromptProfile profile, ScriptedGenerator generator, JobModel model) throws IOException {
        JobReport report = GenerationJob.builder()
                .input(JobInput.rows(List.of(Row.of("sharegpt", "Where is it?"))))
                .folder(folder)
                .models(List.of(model))
                .profile(profile)
                .build()
                .run();
        assertThat(report.end()).isEqualTo(JobReport.End.FINISHED);
        assertThat(generator.closed).isTrue();
        return JSON.readTree(TestJobs.lines(folder.resolve("records.jsonl")).get(0));
    }
}
