package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a journal that nobody has open holds. Reads a copy, so that the next run finds the files as the crash left them.
 */
record JournalCopy(Map<String, String> answers, List<String> possiblyPaid, List<String> states) {

    static JournalCopy of(Path job, Path scratch) throws IOException {
        Path copy = copy(job, scratch);
        JournalCopy all = new JournalCopy(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        if (!Files.exists(copy) || Files.size(copy) == 0) {
            return all;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement sql = connection.createStatement()) {
            try (ResultSet tables = sql.executeQuery("SELECT count(*) FROM sqlite_master")) {
                if (tables.getInt(1) == 0) {
                    return all;
                }
            }
            try (ResultSet line = sql.executeQuery("SELECT r.id || '/' || a.model || '/' || a.sample, a.raw FROM answer"
                    + " a JOIN row r ON r.idx = a.row ORDER BY a.rowid")) {
                while (line.next()) {
                    all.answers.put(line.getString(1), line.getString(2));
                }
            }
            try (ResultSet line =
                    sql.executeQuery("SELECT detail FROM event WHERE kind = 'possibly-paid' ORDER BY number")) {
                while (line.next()) {
                    String[] words = line.getString(1).split(" ", -1);
                    all.possiblyPaid.add(words[2] + "/" + words[4] + "/" + words[6]);
                }
            }
            try (ResultSet line = sql.executeQuery("SELECT state FROM call")) {
                while (line.next()) {
                    all.states.add(line.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    static Path copy(Path job, Path scratch) throws IOException {
        Files.createDirectories(scratch);
        Path copy = scratch.resolve(Journal.NAME);
        Files.deleteIfExists(scratch.resolve(Journal.NAME + "-shm"));
        for (String name : List.of(Journal.NAME, Journal.NAME + "-wal")) {
            Files.deleteIfExists(scratch.resolve(name));
            if (Files.exists(job.resolve(name))) {
                Files.copy(job.resolve(name), scratch.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }
}
