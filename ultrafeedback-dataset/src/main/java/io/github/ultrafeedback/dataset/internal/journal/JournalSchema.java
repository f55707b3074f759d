package io.github.ultrafeedback.dataset.internal.journal;

import io.github.ultrafeedback.dataset.error.JournalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, and the marks by which a file is known as a journal of ours before anything else is read. */
final class JournalSchema {
    static final int VERSION = 1;

    /** The four letters UFJ1; SQLite keeps them in the file's header. */
    static final int APPLICATION_ID = 0x55464A31;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE row (idx INTEGER PRIMARY KEY, id TEXT NOT NULL, hash TEXT NOT NULL, models TEXT NOT NULL,"
                    + " calls INTEGER NOT NULL, problem TEXT)",
            "CREATE UNIQUE INDEX row_id ON row (id)",
            "CREATE TABLE source (row INTEGER PRIMARY KEY, json TEXT NOT NULL)",
            "CREATE TABLE call (row INTEGER NOT NULL, model TEXT NOT NULL, sample INTEGER NOT NULL,"
                    + " state TEXT NOT NULL, asked INTEGER NOT NULL, PRIMARY KEY (row, model, sample)) WITHOUT ROWID",
            "CREATE TABLE answer (row INTEGER NOT NULL, model TEXT NOT NULL, sample INTEGER NOT NULL,"
                    + " principle TEXT NOT NULL, system TEXT NOT NULL, raw TEXT NOT NULL, crc INTEGER NOT NULL)",
            "CREATE UNIQUE INDEX answer_call ON answer (row, model, sample)",
            "CREATE TABLE failure (number INTEGER PRIMARY KEY, row INTEGER NOT NULL, model TEXT NOT NULL,"
                    + " sample INTEGER NOT NULL, type TEXT NOT NULL, message TEXT NOT NULL, certainty TEXT NOT NULL,"
                    + " retryable INTEGER NOT NULL, at TEXT NOT NULL, retried INTEGER NOT NULL DEFAULT 0)",
            "CREATE TABLE event (number INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,"
                    + " detail TEXT NOT NULL)");

    private JournalSchema() {}

    /** Opens a connection; whatever it commits is on the disk when the commit returns. */
    static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
        try (Statement sql = connection.createStatement()) {
            sql.execute("PRAGMA busy_timeout = 10000");
            sql.execute("PRAGMA journal_mode = WAL");
            sql.execute("PRAGMA synchronous = FULL");
            sql.execute("PRAGMA temp_store = MEMORY");
            sql.execute("PRAGMA cell_size_check = ON");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** Checks the marks, or makes the tables in an empty file. */
    static void ensure(Connection connection, Path file) throws SQLException {
        int application = number(connection, "PRAGMA application_id");
        int version = number(connection, "PRAGMA user_version");
        if (application == 0 && version == 0 && number(connection, "SELECT count(*) FROM sqlite_master") == 0) {
            create(connection);
            return;
        }
        if (application != APPLICATION_ID) {
            throw new JournalException(
                    "file " + file + " must be a journal of UltraFeedback, got an SQLite file of another"
                            + " program; take another folder",
                    null);
        }
        if (version != VERSION) {
            throw new JournalException(
                    "journal " + file + " must have format version " + VERSION + ", got " + version
                            + "; go on with the version of UltraFeedback that wrote it",
                    null);
        }
    }

    /** In one transaction, and past the WAL at once, so that a lost WAL never makes a journal look new. */
    private static void create(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute("BEGIN IMMEDIATE");
            for (String table : TABLES) {
                sql.execute(table);
            }
            sql.execute("PRAGMA application_id = " + APPLICATION_ID);
            sql.execute("PRAGMA user_version = " + VERSION);
            sql.execute("COMMIT");
            sql.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet result = sql.executeQuery(query)) {
            return result.getInt(1);
        }
    }
}
