package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.principle.Category;
import io.github.ultrafeedback.principle.Principles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records: their shape, their bytes, and what the annotation step needs of them. */
final class ExportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void theOriginalArrayIsEqualToTheByteWithPythons() throws IOException {
        Path input = folder.resolve("original-input.json");
        Files.write(input, resource("original-input.json"));
        JobReport report = GenerationJob.builder()
                .input(JobInput.array(input))
                .folder(folder.resolve("job"))
                .modelsNamedByRows(List.of(speaking("gpt-4"), speaking("gpt-3.5-turbo")))
                .profile(PromptProfile.ORIGINAL)
                .principles(null)
                .output(OutputFormat.ORIGINAL_ARRAY)
                .build()
                .run();
        assertThat(report.end()).isEqualTo(JobReport.End.FINISHED);
        assertThat(Files.readString(folder.resolve("job/records.json")))
                .isEqualTo(new String(resource("original-records.json"), java.nio.charset.StandardCharsets.UTF_8));
    }

    private static JobModel speaking(String model) {
        return ScriptedGenerator.saying(model, request -> model + " says: " + instruction(request) + " ü\n")
                .asModel();
    }

    private static String instruction(GenerationRequest request) {
        List<Message> messages = request.prompt().messages();
        return messages.get(messages.size() - 1).content();
    }

    @Test
    void anEmptyInputMakesAnEmptyArray() throws IOException {
        TestJobs.job(folder, 0, TestJobs.words("a"))
                .output(OutputFormat.ORIGINAL_ARRAY)
                .build()
                .run();
        assertThat(Files.readString(folder.resolve("records.json"))).isEqualTo("[]");
    }

    @Test
    void aLineKeepsUnknownFieldsAndTheSpellingOfNumbers() throws IOException {
        String row =
                "{\"source\":\"flan\",\"instruction\":\"é🙂 \\ud83d\",\"score\":1.50e3,\"x\":{\"n\":-0.0,\"u\":[]}}";
        Path input = TestJobs.file(folder, "in.jsonl", row + "\n");
        ScriptedGenerator generator = ScriptedGenerator.saying("m", request -> "half \ud83d of one");
        GenerationJob.builder()
                .input(JobInput.jsonl(input))
                .folder(folder)
                .models(List.of(generator.asModel()))
                .principles(null)
                .build()
                .run();
        assertThat(Files.readString(folder.resolve("records.jsonl")))
                .isEqualTo("{\"source\":\"flan\",\"instruction\":\"é🙂 \\ud83d\",\"models\":[\"m\"],\"completions\":"
                        + "[{\"model\":\"m\",\"principle\":\"none\",\"custom_system_prompt\":\"\",\"response\":"
                        + "\"half \\ud83d of one\"}],\"score\":1.50e3,\"x\":{\"n\":-0.0,\"u\":[]}}\n");
    }

    @Test
    void theAnnotationStepFindsFourTextsAndPrinciplesToTheByte() throws IOException {
        int rows = 200;
        List<JobModel> pool = IntStream.range(0, 6)
                .mapToObj(i -> TestJobs.words("model-" + i).withWeight(1 + i))
                .toList();
        GenerationJob.builder()
                .input(JobInput.rows(TestJobs.rows(rows)))
                .folder(folder)
                .pool(pool)
                .seed(5)
                .build()
                .run();
        List<String> records = TestJobs.lines(folder.resolve("records.jsonl"));
        assertThat(records).hasSize(rows);
        List<String> endings = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            JsonNode record = JSON.readTree(records.get(row));
            assertThat(record.path("instruction").asText()).isEqualTo("Question " + row + "?");
            assertThat(record.path("models")).hasSize(4).doesNotHaveDuplicates();
            assertThat(record.path("completions")).hasSize(4);
            for (int i = 0; i < 4; i++) {
                JsonNode completion = record.path("completions").path(i);
                assertThat(completion.fieldNames())
                        .toIterable()
                        .containsExactly("model", "principle", "custom_system_prompt", "response");
                assertThat(completion.path("model"))
                        .isEqualTo(record.path("models").path(i));
                assertThat(completion.path("response").isTextual()).isTrue();
                Category category =
                        Category.ofWireName(completion.path("principle").asText());
                String system = completion.path("custom_system_prompt").asText();
                assertThat(Principles.texts(category)).contains(system);
                endings.add(system.substring(system.length() - 1));
            }
        }
        assertThat(endings).contains(" "); // some texts end in a space, which stays
    }

    @Test
    void aRowWithAFailedCallIsLeftOutOrKeptWithTheModelsThatAnswered() throws IOException {
        ScriptedGenerator good = ScriptedGenerator.saying("good", request -> "yes");
        ScriptedGenerator bad = new ScriptedGenerator(
                "bad",
                request -> instruction(request).contains("1")
                        ? CompletableFuture.failedFuture(new ServerException("down", null, Certainty.REFUSED))
                        : CompletableFuture.completedFuture(ScriptedGenerator.completion(request, "no")));
        TestJobs.job(folder, 3, bad.asModel(), good.asModel()).build().run();
        assertThat(models()).containsExactly("bad good", "bad good");
        GenerationJob keeping = TestJobs.job(folder, 3, bad.asModel(), good.asModel())
                .keepIncompleteRows(true)
                .build();
        assertThat(keeping.export()).isEqualTo(3);
        assertThat(models()).containsExactly("bad good", "good", "bad good");
        assertThat(TestJobs.lines(folder.resolve("failures.jsonl")).get(0))
                .contains("\"model\":\"bad\"", "ServerException", "\"message\":\"down\"", "REFUSED");
    }

    private List<String> models() throws IOException {
        List<String> models = new ArrayList<>();
        for (String line : TestJobs.lines(folder.resolve("records.jsonl"))) {
            JsonNode names = JSON.readTree(line).path("models");
            models.add(String.join(
                    " ",
                    Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                            .map(i -> names.path(i).asText())
                            .toList()));
        }
        return models;
    }

    @Test
    void eachSampleMakesARecordAndHasASeedOfItsOwn() throws IOException {
        TestJobs.job(folder, 2, TestJobs.words("a"), TestJobs.words("b"))
                .samples(3)
                .build()
                .run();
        assertThat(TestJobs.lines(folder.resolve("records.jsonl"))).hasSize(6).doesNotHaveDuplicates();
        List<String> seeds = new ArrayList<>();
        for (String line : TestJobs.lines(folder.resolve("provenance.jsonl"))) {
            seeds.add(JSON.readTree(line).path("seed").asText());
        }
        assertThat(seeds).hasSize(12).doesNotHaveDuplicates();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ExportTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
