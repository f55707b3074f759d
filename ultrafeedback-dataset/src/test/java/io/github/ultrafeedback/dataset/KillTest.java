package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that runs a job, at random moments, until the job is finished; then begins with another. The server
 * keeps its own book of what it was paid for, so that the test need not believe the journal.
 */
final class KillTest {
    private static final int KILLS = Boolean.getBoolean("ultrafeedback.full") ? 300 : 6;
    private static final int ROWS = 150;
    private static final int WINDOW = 8;
    private static final int LATEST_EARLY_MICROS = 1_000_000;
    private static final int LATEST_KILL_MICROS = 600_000;

    @TempDir
    Path folder;

    @Test
    void noAnswerIsLostOrAskedAgainHoweverOftenTheProcessIsKilled() throws Exception {
        long seed = Long.getLong("ultrafeedback.seed", 20261124);
        Random random = new Random(seed);
        Tally tally = new Tally();
        for (int job = 0; tally.kills < KILLS; job++) {
            runToItsEnd(Files.createDirectory(folder.resolve("job-" + job)), random, tally);
        }
        System.out.println("KillTest seed " + seed + ": " + tally);
        assertThat(tally.answersAtKills).isPositive();
        assertThat(tally.named).isPositive();
    }

    private static final class Tally {
        int kills;
        int jobs;
        int answersAtKills;
        int named;
        int askedAgain;
        int killsBeforeFirstAnswer;

        @Override
        public String toString() {
            return kills + " kills in " + jobs + " jobs, " + answersAtKills + " answers in the journals at the kills, "
                    + killsBeforeFirstAnswer + " kills before any answer, " + named + " calls named possibly paid, "
                    + askedAgain + " asked again";
        }
    }

    private static void runToItsEnd(Path folder, Random random, Tally tally) throws Exception {
        JournalCopy before = JournalCopy.of(folder.resolve("job"), folder.resolve("copy"));
        List<String> paidBefore = paid(folder);
        boolean finished = false;
        while (!finished) {
            Files.deleteIfExists(folder.resolve("start-report"));
            try (ChildProcess child =
                    ChildProcess.start(List.of(), CrashChild.class.getName(), folder, ROWS, random.nextLong(), 8)) {
                // One of four dies on its way to the first call, the others while calls are made.
                boolean early = random.nextInt(4) == 0;
                child.awaitLine(early ? "ready" : "started");
                finished = child.endsWithin(random.nextInt(early ? LATEST_EARLY_MICROS : LATEST_KILL_MICROS));
                if (!finished) {
                    child.kill();
                    tally.kills++;
                } else {
                    assertThat(child.rest()).anyMatch(line -> line.startsWith("FINISHED"));
                }
            }
            JournalCopy after = JournalCopy.of(folder.resolve("job"), folder.resolve("copy"));
            List<String> paid = paid(folder);
            check(folder, before, after, paidBefore, paid, tally);
            before = after;
            paidBefore = paid;
        }
        tally.jobs++;
        checkRecords(folder, before, paidBefore);
    }

    private static void check(
            Path folder, JournalCopy before, JournalCopy after, List<String> paidBefore, List<String> paid, Tally tally)
            throws IOException {
        // No finished answer is lost or changed.
        assertThat(after.answers()).containsAllEntriesOf(before.answers());
        List<String> paidNow = paid.subList(paidBefore.size(), paid.size());
        assertThat(paidNow).doesNotHaveDuplicates();
        // None that was recorded is asked again.
        assertThat(paidNow).noneMatch(before.answers()::containsKey);
        // What is asked again was named at the start, and is no more than what can be in flight.
        Set<String> again = new HashSet<>(paidNow);
        again.retainAll(new HashSet<>(paidBefore));
        List<String> named = after.possiblyPaid()
                .subList(before.possiblyPaid().size(), after.possiblyPaid().size());
        assertThat(named).containsAll(again);
        assertThat(named.size()).isLessThanOrEqualTo(2 * WINDOW);
        if (Files.exists(folder.resolve("start-report"))) {
            List<String> report = new ArrayList<>(TestJobs.lines(folder.resolve("start-report")));
            report.remove("");
            assertThat(report).containsExactlyInAnyOrderElementsOf(named);
        }
        // Nothing is in the journal that was not paid for.
        assertThat(paid).containsAll(after.answers().keySet());
        tally.answersAtKills += after.answers().size();
        tally.killsBeforeFirstAnswer += after.answers().isEmpty() ? 1 : 0;
        tally.named += named.size();
        tally.askedAgain += again.size();
    }

    private static void checkRecords(Path folder, JournalCopy end, List<String> paid) {
        assertThat(end.answers()).hasSize(2 * ROWS);
        assertThat(end.states()).hasSize(2 * ROWS).containsOnly("done");
        end.answers().forEach((id, raw) -> assertThat(raw).contains(PaidGenerator.answer(id)));
        List<String> records = TestJobs.lines(folder.resolve("job/records.jsonl"));
        assertThat(records).hasSize(ROWS);
        for (int row = 0; row < ROWS; row++) {
            assertThat(records.get(row)).contains("\"Question " + row + "?\"");
        }
        assertThat(paid.size())
                .isLessThanOrEqualTo(2 * ROWS + end.possiblyPaid().size());
    }

    /** Whole lines of the server's book. */
    private static List<String> paid(Path folder) throws IOException {
        Path file = folder.resolve("paid");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
