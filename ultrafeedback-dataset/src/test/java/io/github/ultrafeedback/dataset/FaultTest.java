package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ultrafeedback.dataset.error.JobException;
import io.github.ultrafeedback.dataset.error.JobFileException;
import io.github.ultrafeedback.dataset.error.JournalException;
import io.github.ultrafeedback.dataset.internal.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Disks that are full, folders that cannot be written, files that fail: the job ends with a typed error and goes on.
 */
final class FaultTest {
    private static final boolean FULL = Boolean.getBoolean("ultrafeedback.full");
    private static final int ROWS = 30;
    private static final int MOST_STEPS = 2000;

    @TempDir
    Path folder;

    @Test
    void aFullDiskAtAnyPageLosesNoAnswer() throws IOException {
        int step = FULL ? 1 : 3;
        boolean finished = false;
        int swept = 0;
        int early = 0;
        for (int pages = 1; !finished; pages += step, swept++) {
            assertThat(swept).isLessThan(MOST_STEPS);
            Path here = folder.resolve("pages-" + pages);
            List<String> pragmas = List.of("PRAGMA max_page_count = " + pages);
            Throwable failure = runOnce(here, settings -> settings.pragmas = pragmas);
            finished = failure == null;
            if (failure != null) {
                assertThat(failure).isInstanceOf(JournalException.class).hasMessageContaining("SQLITE_FULL");
            }
            early += JournalCopy.of(here.resolve("job"), here.resolve("copy"))
                            .answers()
                            .isEmpty()
                    ? 1
                    : 0;
            assertGoesOn(here);
        }
        System.out.println("FaultTest: max_page_count swept over " + swept + " sizes, " + early + " before any answer");
        assertThat(swept - early).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileThatFailsAtAnyStepLosesNoAnswer(boolean onlyOnce) throws IOException {
        int failed = 0;
        boolean finished = false;
        for (int n = 1; !finished; n++) {
            Path here = folder.resolve("file-" + n);
            FailingFiles files = new FailingFiles(n, onlyOnce);
            Throwable failure = runOnce(here, settings -> settings.files = files);
            finished = files.asked.size() < n;
            if (!finished) {
                assertThat(failure).as("after %s", files.asked).isInstanceOf(JobFileException.class);
                failed++;
            } else {
                assertThat(failure).isNull();
            }
            assertGoesOn(here);
        }
        System.out.println("FaultTest: each of " + failed + " file operations failed, only once: " + onlyOnce);
        assertThat(failed).isGreaterThan(15);
    }

    @Test
    void aFailedExportLeavesTheOldRecords() throws IOException {
        assertThat(runOnce(folder, settings -> {})).isNull();
        Path records = folder.resolve("job/records.jsonl");
        byte[] before = Files.readAllBytes(records);
        FailingFiles healthy = new FailingFiles(Integer.MAX_VALUE, true);
        job(folder, settings -> settings.files = healthy).export();
        int replacing = healthy.asked.indexOf("replace records.jsonl");
        for (int n = 1; n <= replacing + 1; n++) {
            FailingFiles files = new FailingFiles(n, false);
            GenerationJob job = job(folder, settings -> settings.files = files);
            assertThatThrownBy(job::export).isInstanceOf(JobFileException.class);
            assertThat(Files.readAllBytes(records)).isEqualTo(before);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        GenerationJob job =
                TestJobs.job(file.resolve("job"), 1, TestJobs.words("a")).build();
        assertThatThrownBy(job::run)
                .isInstanceOf(JobFileException.class)
                .hasMessageContaining(file.resolve("job").toString())
                .hasMessageContaining("write");
    }

    @Test
    void aReadOnlyFolderIsNamed() throws Exception {
        Path job = Files.createDirectory(folder.resolve("job"));
        assumeTrue(readOnly(job, true), "this user may write everywhere");
        try {
            assertThat(runOnce(folder, settings -> {}))
                    .isInstanceOf(JobFileException.class)
                    .hasMessageContaining(job.toString());
        } finally {
            assertThat(readOnly(job, false)).isTrue();
        }
        assertGoesOn(folder);
    }

    /** By permission, and for root, whom permissions do not stop, by the file system's immutable flag. */
    private static boolean readOnly(Path folder, boolean on) throws Exception {
        boolean unused = folder.toFile().setWritable(!on);
        if (System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/chattr"))) {
            new ProcessBuilder("/usr/bin/chattr", on ? "+i" : "-i", folder.toString())
                    .start()
                    .waitFor();
        }
        try {
            Files.delete(Files.createTempFile(folder, "probe", ""));
            return !on;
        } catch (IOException e) {
            return on;
        }
    }

    @Test
    void aJournalThatCannotBeWrittenIsNamedAndStaysAsItIs() throws IOException {
        assertThat(runOnce(folder, settings -> {})).isNull();
        Map<String, String> before =
                JournalCopy.of(folder.resolve("job"), folder.resolve("copy")).answers();
        Throwable failure = runOnce(folder, settings -> settings.pragmas = List.of("PRAGMA query_only = ON"));
        assertThat(failure).isInstanceOf(JournalException.class).hasMessageContaining("SQLITE_READONLY");
        assertThat(JournalCopy.of(folder.resolve("job"), folder.resolve("copy")).answers())
                .isEqualTo(before);
    }

    @Test
    void aFileOfAnotherProgramIsRefused() throws IOException {
        Path job = Files.createDirectory(folder.resolve("job"));
        Files.writeString(job.resolve(Journal.NAME), "this is no database, but it is longer than a header ".repeat(20));
        assertThat(runOnce(folder, settings -> {}))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("SQLITE_NOTADB");
    }

    private static GenerationJob job(Path here, Consumer<JobSettings> change) {
        return CrashChild.job(here, ROWS, here.resolve("paid"), 1, 0)
                .with(change)
                .build();
    }

    private static @Nullable Throwable runOnce(Path here, Consumer<JobSettings> change) throws IOException {
        Files.createDirectories(here);
        try {
            job(here, change).run(RunOptions.defaults().withoutShutdownHook().withWindow(4));
            return null;
        } catch (JobException e) {
            return e;
        }
    }

    /** On a healthy disk the job finishes, without asking again for what it has. */
    private static void assertGoesOn(Path here) throws IOException {
        JournalCopy before = JournalCopy.of(here.resolve("job"), here.resolve("copy"));
        Path book = here.resolve("paid");
        int paid = Files.exists(book) ? TestJobs.lines(book).size() : 0;
        assertThat(runOnce(here, settings -> {})).isNull();
        JournalCopy after = JournalCopy.of(here.resolve("job"), here.resolve("copy"));
        assertThat(after.answers()).containsAllEntriesOf(before.answers()).hasSize(2 * ROWS);
        List<String> now = TestJobs.lines(book);
        Set<String> again = new HashSet<>(now.subList(0, paid));
        again.retainAll(now.subList(paid, now.size()));
        assertThat(again).noneMatch(before.answers()::containsKey);
        assertThat(after.possiblyPaid()).containsAll(again);
        assertThat(TestJobs.lines(here.resolve("job/records.jsonl"))).hasSize(ROWS);
    }
}
