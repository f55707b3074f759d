package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes under {@code ulimit -f}: the system cuts writes short at a size, for the journal, its WAL and our files.
 */
final class LimitedFilesTest {
    private static final int STEP = Boolean.getBoolean("ultrafeedback.full") ? 4 : 40;
    private static final int ROWS = 60;
    private static final int MOST_KIB = 4000;

    @TempDir
    Path folder;

    @Test
    void aJobUnderALimitOfFileSizeEndsWithATypedErrorAndGoesOn() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash for ulimit");
        boolean finished = false;
        int swept = 0;
        int withAnswers = 0;
        for (int kib = 4; !finished; kib += STEP, swept++) {
            assertThat(kib).isLessThan(MOST_KIB);
            Path here = Files.createDirectory(folder.resolve("kib-" + kib));
            finished = run(here, kib);
            JournalCopy before = JournalCopy.of(here.resolve("job"), here.resolve("copy"));
            withAnswers += before.answers().isEmpty() ? 0 : 1;
            assertGoesOn(here, before);
        }
        System.out.println("LimitedFilesTest: ulimit -f swept over " + swept + " sizes in steps of " + STEP + " KiB, "
                + withAnswers + " of them with answers");
        assertThat(withAnswers).isGreaterThan(1);
    }

    /** True if the job finished in spite of the limit. */
    private static boolean run(Path here, int kib) throws Exception {
        List<String> limited = List.of("/bin/bash", "-c", "ulimit -f " + kib + "; exec \"$@\"", "bash");
        try (ChildProcess child = ChildProcess.start(limited, CrashChild.class.getName(), here, ROWS, 1, 1)) {
            List<String> said = child.rest();
            int status = child.process().waitFor();
            assertThat(status).as("at %s KiB: %s", kib, said).isIn(0, CrashChild.REFUSED);
            if (status == CrashChild.REFUSED) {
                assertThat(said).anyMatch(line -> line.startsWith("JournalException") || line.startsWith("JobFile"));
            }
            return status == 0;
        }
    }

    private static void assertGoesOn(Path here, JournalCopy before) throws Exception {
        Path book = here.resolve("paid");
        int paid = Files.exists(book) ? TestJobs.lines(book).size() : 0;
        JobReport report = CrashChild.job(here, ROWS, book, 1, 0).build().run();
        assertThat(report.end()).isEqualTo(JobReport.End.FINISHED);
        JournalCopy after = JournalCopy.of(here.resolve("job"), here.resolve("copy"));
        assertThat(after.answers()).containsAllEntriesOf(before.answers()).hasSize(2 * ROWS);
        List<String> all = TestJobs.lines(book);
        Set<String> again = new HashSet<>(all.subList(0, paid));
        again.retainAll(all.subList(paid, all.size()));
        assertThat(again).noneMatch(before.answers()::containsKey);
        assertThat(after.possiblyPaid()).containsAll(again);
    }
}
