package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.dataset.error.JournalException;
import io.github.ultrafeedback.dataset.internal.journal.Journal;
import io.github.ultrafeedback.dataset.internal.journal.StoredAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The WAL of a process that was killed, cut or with a bit flipped. Its frames are summed, so what is read is always
 * what the job had written up to some moment: the answers before it are all there and right, those after it are asked
 * again.
 */
final class DamagedWalTest {
    private static final boolean FULL = Boolean.getBoolean("ultrafeedback.full");
    private static final int OFFSETS = FULL ? 600 : 24;
    private static final int RESUMED = FULL ? 20 : 12; // one of so many is run to its end
    private static final int ROWS = 60;

    @TempDir
    Path folder;

    private List<String> order;
    private Map<String, String> answers;

    /** With no checkpoint after the tables were made, so that all the job did is in the WAL. */
    @BeforeEach
    void killAJob() throws Exception {
        try (ChildProcess child = ChildProcess.start(
                List.of(),
                CrashChild.class.getName(),
                folder.resolve("first"),
                ROWS,
                1,
                20,
                "PRAGMA wal_autocheckpoint = 0")) {
            Files.createDirectories(folder.resolve("first"));
            child.awaitLine("started");
            Path book = folder.resolve("first/paid");
            while (!Files.exists(book) || TestJobs.lines(book).size() < ROWS) {
                assertThat(child.endsWithin(1000)).isFalse();
            }
            child.kill();
        }
        answers = JournalCopy.of(folder.resolve("first/job"), folder.resolve("copy"))
                .answers();
        order = new ArrayList<>(answers.keySet());
        assertThat(order).hasSizeGreaterThan(10);
    }

    @Test
    void aCutWalHoldsWhatWasWrittenBeforeTheCut() throws Exception {
        damage(20261124, (wal, offset, random) -> Arrays.copyOf(wal, offset));
    }

    @Test
    void aFlippedBitInTheWalHidesWhatCameAfterItAndNothingElse() throws Exception {
        damage(20261125, (wal, offset, random) -> {
            wal[offset] ^= (byte) (1 << random.nextInt(8));
            return wal;
        });
    }

    private interface Damage {
        byte[] apply(byte[] wal, int offset, Random random);
    }

    private void damage(long seed, Damage damage) throws Exception {
        byte[] wal = Files.readAllBytes(folder.resolve("first/job/journal.db-wal"));
        Random random = new Random(seed);
        int refused = 0;
        int whole = 0;
        for (int i = 0; i < OFFSETS; i++) {
            Path here = folder.resolve("damaged-" + i);
            JournalCopy.copy(folder.resolve("first/job"), here.resolve("job"));
            int offset = random.nextInt(wal.length);
            Files.write(here.resolve("job/journal.db-wal"), damage.apply(wal.clone(), offset, random));
            Files.copy(folder.resolve("first/paid"), here.resolve("paid"));
            try {
                Map<String, String> left = read(here.resolve("job"));
                // A prefix of what was written, to the byte.
                assertThat(left.keySet()).isEqualTo(new HashSet<>(order.subList(0, left.size())));
                assertThat(answers).containsAllEntriesOf(left);
                whole += left.size() == order.size() ? 1 : 0;
                if (i % RESUMED == 0) {
                    assertGoesOn(here, left);
                }
            } catch (JournalException e) {
                refused++;
            }
        }
        System.out.println("DamagedWalTest seed " + seed + ": " + OFFSETS + " offsets in a WAL of " + wal.length
                + " bytes, " + refused + " refused, " + whole + " without a loss");
        assertThat(refused).isZero(); // the tables themselves are out of the WAL's reach
    }

    private static Map<String, String> read(Path job) {
        try (Journal journal = Journal.open(job, List.of())) {
            Map<String, String> left = new LinkedHashMap<>();
            List<StoredAnswer> stored =
                    new ArrayList<>(journal.reader().answers(0, Long.MAX_VALUE).values());
            for (StoredAnswer answer : stored) {
                assertThat(answer.intact()).isTrue();
                String id = journal.reader().rows(answer.call().row(), 1).get(0).id();
                left.put(id + "/" + answer.call().model() + "/" + answer.call().sample(), answer.raw());
            }
            return left;
        }
    }

    private static void assertGoesOn(Path here, Map<String, String> left) throws IOException {
        int paid = TestJobs.lines(here.resolve("paid")).size();
        JobReport report =
                CrashChild.job(here, ROWS, here.resolve("paid"), 1, 0).build().run();
        assertThat(report.end()).isEqualTo(JobReport.End.FINISHED);
        List<String> now = TestJobs.lines(here.resolve("paid"));
        assertThat(now.subList(paid, now.size())).noneMatch(left::containsKey);
        JournalCopy after = JournalCopy.of(here.resolve("job"), here.resolve("copy"));
        assertThat(after.answers()).containsAllEntriesOf(left).hasSize(2 * ROWS);
    }
}
