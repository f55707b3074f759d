package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.dataset.error.JobChangedException;
import io.github.ultrafeedback.dataset.error.JobInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rows may look like, and what becomes of an input that changes between runs. */
final class InputTest {
    private final ScriptedGenerator generator = ScriptedGenerator.saying("m", request -> "yes");

    @TempDir
    Path folder;

    private Path input;

    @BeforeEach
    void nameInput() {
        input = folder.resolve("in.jsonl");
    }

    private GenerationJobBuilder job(JobInput rows) {
        return GenerationJob.builder().input(rows).folder(folder.resolve("job")).models(List.of(generator.asModel()));
    }

    private List<String> failures() {
        return TestJobs.lines(folder.resolve("job/failures.jsonl"));
    }

    @Test
    void oneBadLineFailsAlone() throws IOException {
        String text = """
                \uFEFF{"instruction":"first"}\r

                \t\t
                no json
                [1]
                {"instruction":""}
                {"instruction":"a","instruction":"b"}
                {"instruction":5}
                {"instruction":"c","completions":[1]}
                {"instruction":"d"} x
                {"instruction":"last"}""";
        Files.writeString(input, text);
        Files.write(input, new byte[] {'\n', '"', (byte) 0xff, '"', '\n'}, StandardOpenOption.APPEND);
        JobReport report = job(JobInput.jsonl(input)).build().run();
        assertThat(report.end()).isEqualTo(JobReport.End.FINISHED);
        assertThat(report.start().rows()).isEqualTo(10);
        assertThat(report.start().badRows()).isEqualTo(8);
        assertThat(report.done()).isEqualTo(2);
        assertThat(report.summary()).contains("8 of 10 rows are no use");
        assertThat(failures()).hasSize(8).allMatch(line -> line.contains("\"type\":\"BadRow\""));
        assertThat(String.join("", failures())).contains("UTF-8").doesNotContain("no json");
        List<String> records = TestJobs.lines(folder.resolve("job/records.jsonl"));
        assertThat(records).hasSize(2);
        assertThat(records.get(0)).contains("first");
        assertThat(records.get(1)).contains("last");
        assertThat(job(JobInput.jsonl(input)).build().retryFailed(failure -> true))
                .isZero();
    }

    @Test
    void anArrayMayHoldElementsThatAreNoRows() throws IOException {
        Files.writeString(input, "[{\"instruction\":\"a\"}, 5, {\"instruction\":\"b\", \"x\": [1e5]}]");
        JobReport report = job(JobInput.array(input)).build().run();
        assertThat(report.done()).isEqualTo(2);
        assertThat(failures()).hasSize(1);
        assertThat(TestJobs.lines(folder.resolve("job/records.jsonl")).get(1)).endsWith("\"x\":[1e5]}");
    }

    @Test
    void aCutArrayEndsTheJobBeforeTheFirstCall() throws IOException {
        for (String text : List.of("[{\"instruction\":\"a\"}, {\"instr", "[{\"instruction\":\"a\"}", "{}", "")) {
            Files.writeString(input, text);
            GenerationJob job = job(JobInput.array(input)).build();
            assertThatThrownBy(job::run).isInstanceOf(JobInputException.class).hasMessageContaining(input.toString());
        }
        assertThat(generator.requests).isEmpty();
    }

    @Test
    void aMissingFileIsNamed() {
        GenerationJob job = job(JobInput.jsonl(input)).build();
        assertThatThrownBy(job::run).isInstanceOf(JobInputException.class).hasMessageContaining(input.toString());
    }

    @Test
    void rowsCarryJavaValues() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("instruction", "a");
        fields.put("n", null);
        fields.put("list", List.of(1, 2.5, true, Map.of("k", "v")));
        job(JobInput.rows(List.of(new Row(fields)))).build().run();
        assertThat(TestJobs.lines(folder.resolve("job/records.jsonl")).get(0))
                .endsWith("\"n\":null,\"list\":[1,2.5,true,{\"k\":\"v\"}]}");
        Map<String, Object> bad = Map.of("instruction", "a", "x", new Object());
        GenerationJob job = job(JobInput.rows(List.of(new Row(bad)))).build();
        assertThatThrownBy(job::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Object");
    }

    @Test
    void givenIdsNameTheRowsAndASecondOfTheSameIsBad() throws IOException {
        Files.writeString(input, """
                {"id":"x","instruction":"a"}
                {"id":17,"instruction":"b"}
                {"id":"x","instruction":"c"}
                {"instruction":"d"}
                """);
        JobReport report = job(JobInput.jsonl(input)).idField("id").build().run();
        assertThat(report.done()).isEqualTo(2);
        assertThat(generator.requests)
                .extracting(request -> request.prompt().id())
                .containsExactlyInAnyOrder("x/m/0", "17/m/0");
        assertThat(failures().get(0)).contains("got the id of row 0 again");
        assertThat(failures().get(1)).contains("it names the row");
    }

    @Test
    void aChangedRowIsRefusedByName() throws IOException {
        Files.writeString(input, "{\"instruction\":\"a\"}\n{\"instruction\":\"b\"}\n");
        job(JobInput.jsonl(input)).build().run();
        Files.writeString(input, "{\"instruction\":\"a\"}\n{\"instruction\":\"B\"}\n{\"instruction\":\"c\"}\n");
        GenerationJob job = job(JobInput.jsonl(input)).build();
        assertThatThrownBy(() -> job.run(RunOptions.defaults().withAdditions()))
                .isInstanceOf(JobChangedException.class)
                .hasMessageContaining("row 1 (id 1-")
                .hasMessageContaining("first that differs");
        Files.writeString(input, "{\"instruction\":\"a\"}\n");
        assertThatThrownBy(job::run)
                .isInstanceOf(JobChangedException.class)
                .hasMessageContaining("2 rows")
                .hasMessageContaining("row 1 is the first that is missing");
        assertThat(generator.requests).hasSize(2);
    }

    @Test
    void additionsAreTakenOnlyIfAskedFor() throws IOException {
        for (int rows : new int[] {2, 5}) {
            GenerationJob job =
                    job(JobInput.rows(TestJobs.rows(rows))).principles(null).build();
            if (rows == 5) {
                assertThatThrownBy(job::run)
                        .isInstanceOf(JobChangedException.class)
                        .hasMessageContaining("row 2 is the first that is new")
                        .hasMessageContaining("withAdditions");
            }
            JobReport report = job.run(RunOptions.defaults().withAdditions());
            assertThat(report.done()).isEqualTo(rows);
        }
        assertThat(generator.requests).hasSize(5);
        assertThat(TestJobs.lines(folder.resolve("job/records.jsonl"))).hasSize(5);
        // Taken in for good: the longer input is the job's now.
        assertThat(job(JobInput.rows(TestJobs.rows(5)))
                        .principles(null)
                        .build()
                        .run()
                        .done())
                .isEqualTo(5);
    }

    @Test
    void changedSettingsAreRefusedByName() {
        JobInput rows = JobInput.rows(TestJobs.rows(2));
        job(rows).build().run();
        Map<String, GenerationJobBuilder> changes = new LinkedHashMap<>();
        changes.put("seed", job(rows).seed(1));
        changes.put("samples", job(rows).samples(2));
        changes.put("principles", job(rows).principles(null));
        changes.put("subset", job(rows).subset("flan"));
        changes.put("idField", job(rows).idField("id"));
        changes.put("models", job(rows).models(List.of(TestJobs.words("other"))));
        changes.put("models.chosen", job(rows).pool(List.of(generator.asModel()), 1));
        changes.put(
                "model m",
                job(rows)
                        .models(List.of(generator
                                .asModel()
                                .withParams(io.github.ultrafeedback.SamplingParams.builder()
                                        .topK(3)
                                        .build()))));
        changes.forEach(
                (name, builder) -> assertThatThrownBy(() -> builder.build().run())
                        .isInstanceOf(JobChangedException.class)
                        .hasMessageContaining("setting '" + name + "'"));
        assertThat(generator.requests).hasSize(2);
    }

    @Test
    void rowsThatNameAModelTheJobDoesNotKnowFailAlone() throws IOException {
        Files.writeString(input, """
                {"instruction":"a","models":["m"]}
                {"instruction":"b","models":["z"]}
                {"instruction":"c","models":[]}
                {"instruction":"d","models":["m","m"]}
                {"instruction":"e","models":"m"}
                """);
        JobReport report = job(JobInput.jsonl(input))
                .modelsNamedByRows(List.of(generator.asModel()))
                .build()
                .run();
        assertThat(report.done()).isEqualTo(1);
        assertThat(report.start().badRows()).isEqualTo(4);
    }

    @Test
    void anInputThatIsReadHalfIsReadOnAfterADeath() {
        List<Row> rows = TestJobs.rows(2500);
        Iterable<Row> dying = () -> {
            List<Row> part = new ArrayList<>(rows.subList(0, 2200));
            return new java.util.Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Row next() {
                    if (next == part.size()) {
                        throw new IllegalStateException("the source died");
                    }
                    return part.get(next++);
                }
            };
        };
        GenerationJob dead = job(JobInput.rows(dying)).build();
        assertThatThrownBy(dead::run).hasMessage("the source died");
        JobReport report = job(JobInput.rows(rows)).build().run();
        assertThat(report.done()).isEqualTo(2500);
    }
}
