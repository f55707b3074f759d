package io.github.ultrafeedback.dataset.internal.journal;

import io.github.ultrafeedback.dataset.error.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A job's memory: its input, each call with its state, and each answer. What {@link #append} has acknowledged outlives
 * every crash. Appending is safe from any thread; reading is for one thread, and sees what was acknowledged.
 *
 * <p>The caller holds the folder's lock, so that there is one writer.
 */
public final class Journal implements AutoCloseable {
    /** The name of the file within the job's folder. */
    public static final String NAME = "journal.db";

    private final Path file;
    private final JournalWriter writer;
    private final JournalReader reader;

    private Journal(Path file, JournalWriter writer, JournalReader reader) {
        this.file = file;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Opens the journal of a folder, or starts one.
     *
     * @param folder the job's folder
     * @param pragmas statements to run on the writing connection first; tests bound the file with them
     * @return an open journal
     * @throws JournalException if it cannot be opened, is damaged, or is not of this version
     */
    public static Journal open(Path folder, List<String> pragmas) {
        Path file = folder.resolve(NAME);
        Connection writing = null;
        Connection reading = null;
        try {
            writing = JournalSchema.connect(file);
            try (Statement sql = writing.createStatement()) {
                for (String pragma : pragmas) {
                    sql.execute(pragma);
                }
            }
            JournalSchema.ensure(writing, file);
            reading = JournalSchema.connect(file);
            return new Journal(file, new JournalWriter(file, writing), new JournalReader(file, reading));
        } catch (SQLException e) {
            closeQuietly(reading, e);
            closeQuietly(writing, e);
            throw JournalErrors.of(file, "being opened", e);
        } catch (JournalException e) {
            closeQuietly(writing, e);
            throw e;
        }
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable Connection connection, Exception cause) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Whether a folder holds a journal.
     *
     * @param folder the job's folder
     * @return true if there is a file
     */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /**
     * Writes entries down, all or none, after those of earlier appends.
     *
     * @param entries what to write
     * @return completes when they are on the disk, or with a {@link JournalException}; by the writer's thread, which
     *     must not be held up
     */
    public CompletableFuture<Void> append(List<? extends JournalEntry> entries) {
        return writer.append(List.copyOf(entries));
    }

    /**
     * Writes entries down and waits until they are on the disk.
     *
     * @param entries what to write
     * @throws JournalException if they could not be written
     */
    public void write(List<? extends JournalEntry> entries) {
        await(append(entries));
    }

    /**
     * Waits for an append.
     *
     * @param written what it returned
     * @throws JournalException if it failed
     */
    public static void await(CompletableFuture<Void> written) {
        try {
            written.join();
        } catch (CompletionException | CancellationException e) {
            throw e.getCause() instanceof JournalException known
                    ? known
                    : new JournalException("the journal failed; see the cause", e);
        }
    }

    /**
     * Reads.
     *
     * @return the reader, open as long as the journal is
     */
    public JournalReader reader() {
        return reader;
    }

    /** Writes what waits, then closes. The last connection to close moves the WAL into the file. */
    @Override
    public void close() {
        try {
            try {
                reader.close();
            } finally {
                writer.close();
            }
        } catch (SQLException e) {
            throw JournalErrors.of(file, "being closed", e);
        }
    }
}
