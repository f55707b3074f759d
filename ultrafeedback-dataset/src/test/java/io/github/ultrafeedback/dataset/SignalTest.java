package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, as Ctrl-C and schedulers send it. */
final class SignalTest {
    private static final int ROWS = 400;

    @TempDir
    Path folder;

    @Test
    void aSignalDrainsTheRunAndLeavesNothingPossiblyPaid() throws Exception {
        try (ChildProcess child = ChildProcess.start(List.of(), CrashChild.class.getName(), folder, ROWS, 1, 100)) {
            child.awaitLine("started");
            boolean unused = child.endsWithin(TimeUnit.MILLISECONDS.toMicros(300));
            boolean sent = child.process().toHandle().destroy(); // SIGTERM; the pipes stay open
            assertThat(sent).isTrue();
            assertThat(child.rest())
                    .anyMatch(line -> line.contains("told to end")
                            && line.contains("to go on")
                            && line.contains(folder.resolve("job").toString()));
            child.process().waitFor();
        }
        JournalCopy journal = JournalCopy.of(folder.resolve("job"), folder.resolve("copy"));
        assertThat(journal.states()).doesNotContain("intended");
        assertThat(journal.answers()).isNotEmpty().hasSizeLessThan(2 * ROWS);
        // Each request that was paid for has its answer kept.
        List<String> paid = TestJobs.lines(folder.resolve("paid"));
        assertThat(journal.answers().keySet()).containsExactlyInAnyOrderElementsOf(paid);

        JobReport report = CrashChild.job(folder, ROWS, folder.resolve("paid"), 1, 0)
                .build()
                .run();
        assertThat(report.end()).isEqualTo(JobReport.End.FINISHED);
        assertThat(report.start().possiblyPaid()).isEmpty();
        assertThat(TestJobs.lines(folder.resolve("paid"))).hasSize(2 * ROWS).doesNotHaveDuplicates();
    }
}
