package io.github.ultrafeedback.dataset.internal.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs queries on the reading connection and turns their errors into ours. For one thread. */
final class JournalQueries {
    private final Path file;
    private final Connection connection;

    /** Turns a line of a result into a value. */
    @FunctionalInterface
    interface Line<T> {
        T read(ResultSet result) throws SQLException;
    }

    JournalQueries(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    <T> List<T> list(String query, Line<T> line, Object... values) {
        List<T> list = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    list.add(line.read(result));
                }
            }
        } catch (SQLException e) {
            throw JournalErrors.of(file, "being read", e);
        }
        return list;
    }

    void close() throws SQLException {
        connection.close();
    }
}
