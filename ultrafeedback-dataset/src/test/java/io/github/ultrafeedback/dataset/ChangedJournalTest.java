package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.dataset.error.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose content was changed behind the job's back: it is told, and no record is made of it. */
final class ChangedJournalTest {
    @TempDir
    Path folder;

    private GenerationJob job;

    @BeforeEach
    void runAJob() {
        job = TestJobs.job(folder, 3, TestJobs.words("a")).build();
        assertThat(job.run().done()).isEqualTo(3);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
                Statement sql = connection.createStatement()) {
            assertThat(sql.executeUpdate(statement)).isPositive();
        }
    }

    @Test
    void aChangedAnswerIsNeverExported() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("records.jsonl"));
        sql("UPDATE answer SET raw = replace(raw, 'text', 'tfxt') WHERE row = 1");
        assertThatThrownBy(job::export)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("answer of a to row 1-")
                .hasMessageContaining("damaged");
        assertThat(Files.readAllBytes(folder.resolve("records.jsonl"))).isEqualTo(before);
    }

    @Test
    void aChangedRowIsNeverExportedOrAsked() throws Exception {
        sql("UPDATE source SET json = replace(json, 'Question', 'Qvestion') WHERE row = 2");
        assertThatThrownBy(job::export).isInstanceOf(JournalException.class).hasMessageContaining("row 2-");
        sql("DELETE FROM answer WHERE row = 2");
        sql("UPDATE call SET state = 'planned' WHERE row = 2");
        assertThatThrownBy(job::run).isInstanceOf(JournalException.class).hasMessageContaining("row 2-");
    }

    @Test
    void aStateThatDoesNotExistIsTold() throws Exception {
        sql("UPDATE call SET state = 'dune' WHERE row = 0");
        assertThatThrownBy(job::run).isInstanceOf(JournalException.class).hasMessageContaining("damaged");
    }

    @Test
    void callsThatNoRowAsksForAreTold() throws Exception {
        sql("UPDATE row SET calls = 2 WHERE idx = 0");
        assertThatThrownBy(job::run).isInstanceOf(JournalException.class).hasMessageContaining("damaged");
    }
}
