package io.github.ultrafeedback.dataset.internal.journal;

import io.github.ultrafeedback.dataset.error.JournalException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what an error of SQLite means to the user. */
final class JournalErrors {
    private JournalErrors() {}

    static JournalException of(Path file, String doing, SQLException e) {
        SQLiteErrorCode code = e instanceof SQLiteException known ? known.getResultCode() : null;
        String name = code == null ? "an error of the driver" : code.name();
        return new JournalException(
                "the journal " + file + " failed while " + doing + " (" + name + "); " + advice(name), e);
    }

    private static String advice(String name) {
        if (name.equals("SQLITE_FULL")) {
            return "make room on the disk and run the job again: what is in the journal stays valid";
        }
        if (name.startsWith("SQLITE_IOERR")) {
            return "the disk refused to read or write: see to its room and health, then run the job again";
        }
        if (name.startsWith("SQLITE_READONLY") || name.startsWith("SQLITE_CANTOPEN") || name.equals("SQLITE_PERM")) {
            return "the folder and the files in it must be writable by this process";
        }
        if (name.startsWith("SQLITE_CORRUPT") || name.equals("SQLITE_NOTADB")) {
            return "the file is damaged: restore a copy, or save what can be read with sqlite3's .recover";
        }
        if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
            return "another program has it open for writing: close it";
        }
        return "see the cause";
    }
}
