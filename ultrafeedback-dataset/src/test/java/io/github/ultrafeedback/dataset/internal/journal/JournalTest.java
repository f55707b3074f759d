package io.github.ultrafeedback.dataset.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.dataset.error.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The journal by itself: marks, states, order, errors. */
final class JournalTest {
    @TempDir
    Path folder;

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Journal.NAME));
                Statement sql = connection.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }

    private Journal open() {
        return Journal.open(folder, List.of());
    }

    @Test
    void theMarksAreInTheFileAndTheSettingsAreThoseOfTheDocument() throws SQLException {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Journal.NAME));
                Statement sql = connection.createStatement()) {
            for (Map.Entry<String, String> pragma : Map.of(
                            "application_id", Integer.toString(0x55464A31), "user_version", "1", "journal_mode", "wal")
                    .entrySet()) {
                try (ResultSet result = sql.executeQuery("PRAGMA " + pragma.getKey())) {
                    assertThat(result.getString(1)).as(pragma.getKey()).isEqualTo(pragma.getValue());
                }
            }
        }
    }

    @Test
    void aJournalOfAnotherVersionIsRefusedWithBothVersions() throws SQLException {
        open().close();
        sql("PRAGMA user_version = 2");
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("version 1")
                .hasMessageContaining("got 2");
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefused() throws SQLException {
        sql("CREATE TABLE t (x)");
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("another program")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void anEmptyFileLeftByACrashBecomesAJournal() throws Exception {
        Files.createFile(folder.resolve(Journal.NAME));
        try (Journal journal = open()) {
            assertThat(journal.reader().counts().rows()).isZero();
        }
    }

    @Test
    void entriesOfOneAppendAreWrittenTogetherOrNotAtAll() {
        try (Journal journal = open()) {
            journal.write(List.of(new JournalEntry.Meta("a", "1")));
            CallAddress call = new CallAddress(0, "m", 0);
            JournalEntry.Answer answer = new JournalEntry.Answer(call, "p", "s", "{}");
            List<JournalEntry> twice = List.of(new JournalEntry.Meta("a", "2"), answer, answer);
            assertThatThrownBy(() -> journal.write(twice))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("SQLITE_CONSTRAINT");
            assertThat(journal.reader().meta("a")).contains("1");
            assertThat(journal.reader().answers(0, 0)).isEmpty();
            // After an error nothing more is written.
            assertThatThrownBy(() -> journal.write(List.of(new JournalEntry.Meta("a", "3"))))
                    .isInstanceOf(JournalException.class);
        }
        try (Journal journal = open()) {
            assertThat(journal.reader().meta("a")).contains("1");
        }
    }

    @Test
    void aClosedJournalTakesNothing() {
        Journal journal = open();
        CompletableFuture<Void> before = journal.append(List.of(new JournalEntry.Meta("a", "1")));
        journal.close();
        assertThat(before).isCompleted();
        assertThatThrownBy(() -> journal.write(List.of(new JournalEntry.Meta("a", "2"))))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("closed");
    }

    static LongStream seeds() {
        return LongStream.range(0, Boolean.getBoolean("ultrafeedback.full") ? 200 : 5);
    }

    /** Against the obvious version: a map. */
    @ParameterizedTest
    @MethodSource("seeds")
    void statesAreThoseOfAMap(long seed) {
        Random random = new Random(seed);
        Map<String, String> states = new TreeMap<>();
        Map<String, Integer> asked = new TreeMap<>();
        try (Journal journal = open()) {
            List<JournalEntry> rows = new ArrayList<>();
            for (long row = 0; row < 10; row++) {
                rows.add(new JournalEntry.NewRow(row, "r" + row, "h", "{}", List.of("a", "b"), 4, null));
            }
            journal.write(rows);
            CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
            for (int step = 0; step < 300; step++) {
                CallAddress call =
                        new CallAddress(random.nextInt(10), random.nextBoolean() ? "a" : "b", random.nextInt(2));
                CallState state = List.of(CallState.values()).get(random.nextInt(CallState.values().length));
                boolean intent = state == CallState.INTENDED && random.nextBoolean();
                states.put(call.toString(), state.word());
                asked.merge(call.toString(), intent ? 1 : 0, Integer::sum);
                last = journal.append(
                        List.of(intent ? new JournalEntry.Intent(call) : new JournalEntry.State(call, state)));
            }
            Journal.await(last);
            Map<String, String> read = new TreeMap<>();
            Map<String, Integer> readAsked = new TreeMap<>();
            journal.reader().calls(0, 9).forEach((call, stored) -> {
                read.put(call.toString(), stored.state().word());
                readAsked.put(call.toString(), stored.asked());
            });
            assertThat(read).isEqualTo(states);
            assertThat(readAsked).isEqualTo(asked);
            assertThat(journal.reader().openRows(0, 100))
                    .extracting(StoredRow::index)
                    .isEqualTo(LongStream.range(0, 10)
                            .filter(row -> closed(states, row) < 4)
                            .boxed()
                            .toList());
            for (CallState state : CallState.values()) {
                long expected =
                        states.values().stream().filter(state.word()::equals).count();
                assertThat(journal.reader().counts().in(state)).isEqualTo(expected);
                assertThat(journal.reader().callsIn(state)).hasSize((int) expected);
            }
        }
    }

    private static long closed(Map<String, String> states, long row) {
        return states.entrySet().stream()
                .filter(entry -> entry.getKey().contains("row=" + row + ","))
                .filter(entry -> List.of("done", "failed", "held").contains(entry.getValue()))
                .count();
    }
}
