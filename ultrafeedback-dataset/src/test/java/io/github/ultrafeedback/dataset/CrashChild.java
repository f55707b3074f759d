package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.error.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The process that the crash tests kill. Arguments: folder, rows, seed, milliseconds an answer takes at most, then
 * further pragmas. Says {@code ready} when it begins, and its end in a line.
 */
public final class CrashChild {
    static final int REFUSED = 3;

    private CrashChild() {}

    /** The job of all crash tests; the input must not differ between runs. */
    static GenerationJobBuilder job(Path folder, int rows, Path paid, long seed, int mostMillis) {
        return GenerationJob.builder()
                .input(JobInput.rows(TestJobs.rows(rows)))
                .folder(folder.resolve("job"))
                .models(List.of(
                        JobModel.of("first", () -> new PaidGenerator("first", paid, seed, mostMillis)),
                        JobModel.of("second", () -> new PaidGenerator("second", paid, seed + 1, mostMillis))));
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        System.out.println("ready");
        GenerationJob job = job(
                        folder,
                        Integer.parseInt(args[1]),
                        folder.resolve("paid"),
                        Long.parseLong(args[2]),
                        Integer.parseInt(args[3]))
                .with(settings -> settings.pragmas = Arrays.asList(args).subList(4, args.length))
                .build();
        try {
            JobReport report = job.run(RunOptions.defaults().withWindow(8).withOnStart(start -> say(folder, start)));
            System.out.println(report.end() + " " + report.summary());
        } catch (JobException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            System.exit(REFUSED);
        }
    }

    private static void say(Path folder, StartReport start) {
        try {
            Files.writeString(
                    folder.resolve("start-report"),
                    start.possiblyPaid().stream()
                            .map(call -> call.rowId() + "/" + call.model() + "/" + call.sample())
                            .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        System.out.println("started");
    }
}
