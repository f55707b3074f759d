package io.github.ultrafeedback.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A job of a given size with a generator that answers at once, in a process of its own, and what it took. Arguments:
 * folder, rows, models. Run again on the same folder it measures the resume.
 */
public final class ScaleChild {
    private static final String FILLER = "Explain in a few sentences how this works, and give an example. ";

    private ScaleChild() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Path input = folder.resolve("input.jsonl");
        if (!Files.exists(input)) {
            write(input, Integer.parseInt(args[1]));
        }
        AtomicLong requests = new AtomicLong();
        List<JobModel> models = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            models.add(ScriptedGenerator.saying("model-" + i, request -> {
                        requests.incrementAndGet();
                        return "An answer to " + request.prompt().id() + ". " + FILLER.repeat(10);
                    })
                    .forgetting()
                    .asModel());
        }
        GenerationJob job = GenerationJob.builder()
                .input(JobInput.jsonl(input))
                .folder(folder.resolve("job"))
                .models(models)
                .build();
        long start = System.nanoTime();
        long[] started = new long[1];
        JobReport report = job.run(RunOptions.defaults().withOnStart(found -> started[0] = System.nanoTime()));
        double seconds = (System.nanoTime() - start) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        System.out.printf(
                "%s: %d rows, %d calls done, %d requests, %.2f s in all, %.2f s to the first call, peak heap %d MiB%n",
                report.end(),
                report.start().rows(),
                report.done(),
                requests.get(),
                seconds,
                (started[0] - start) / 1e9,
                peak >> 20);
    }

    private static void write(Path input, int rows) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(input)) {
            for (int i = 0; i < rows; i++) {
                out.write("{\"source\":\"flan_v2_niv2\",\"instruction\":\"Question " + i + ". " + FILLER.repeat(5)
                        + "\",\"correct_answers\":[\"None\"],\"incorrect_answers\":[\"None\"]}\n");
            }
        }
    }
}
