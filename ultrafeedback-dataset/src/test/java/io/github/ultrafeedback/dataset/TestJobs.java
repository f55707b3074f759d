package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.testkit.FakeGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Jobs and rows that several tests use. */
final class TestJobs {
    /** The defaults, with signals left to the JVM of the tests. */
    static final RunOptions OPTIONS = RunOptions.defaults().withoutShutdownHook();

    private TestJobs() {}

    static List<Row> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Row.of("sharegpt", "Question " + i + "?"))
                .toList();
    }

    static JobModel words(String id) {
        return JobModel.of(id, () ->
                (Generator) FakeGenerator.builder().model("fake:" + id).build());
    }

    static GenerationJobBuilder job(Path folder, int rows, JobModel... models) {
        return GenerationJob.builder()
                .input(JobInput.rows(rows(rows)))
                .folder(folder)
                .models(List.of(models));
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(String... lines) {
        return new ArrayList<>(List.of(lines));
    }
}
