package io.github.ultrafeedback.dataset.internal.journal;

import io.github.ultrafeedback.dataset.error.JournalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It takes all that waits and commits it at once, so that one write to the disk serves as
 * many calls as came in during the last one. A future completes after the commit that holds its entries.
 *
 * <p>After an error nothing more is written: what SQLite then holds is known, and stays so.
 */
final class JournalWriter implements AutoCloseable {
    private static final int MOST_TOGETHER = 1024;
    private static final Batch LAST = new Batch(List.of(), new CompletableFuture<>());

    private final Path file;
    private final Connection connection;
    private final JournalStatements statements;
    private final BlockingQueue<Batch> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::work, "ultrafeedback-journal");
    private @Nullable JournalException broken; // guarded by this
    private boolean closed; // guarded by this

    private record Batch(List<? extends JournalEntry> entries, CompletableFuture<Void> written) {}

    JournalWriter(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.statements = new JournalStatements(connection);
        thread.setDaemon(true);
        thread.start();
    }

    synchronized CompletableFuture<Void> append(List<? extends JournalEntry> entries) {
        Batch batch = new Batch(entries, new CompletableFuture<>());
        if (broken != null) {
            batch.written.completeExceptionally(broken);
        } else if (closed) {
            batch.written.completeExceptionally(new JournalException("the journal " + file + " is closed", null));
        } else {
            queue.add(batch);
        }
        return batch.written;
    }

    private void work() {
        List<Batch> batches = new ArrayList<>();
        boolean more = true;
        while (more) {
            try {
                batches.add(queue.take());
            } catch (InterruptedException e) { // nobody has a reason to; the thread ends by LAST
                continue;
            }
            queue.drainTo(batches, MOST_TOGETHER);
            more = !batches.remove(LAST);
            write(batches);
            batches.clear();
        }
    }

    private void write(List<Batch> batches) {
        JournalException failure = failure();
        if (failure == null && !batches.isEmpty()) {
            failure = commit(batches);
        }
        if (failure != null) {
            fail(failure, batches);
            return;
        }
        batches.forEach(batch -> batch.written.complete(null));
    }

    private @Nullable JournalException commit(List<Batch> batches) {
        try {
            statements.execute("BEGIN IMMEDIATE");
            for (Batch batch : batches) {
                for (JournalEntry entry : batch.entries) {
                    statements.apply(entry);
                }
            }
            statements.execute("COMMIT");
            return null;
        } catch (SQLException e) {
            rollBack(e);
            return JournalErrors.of(file, "writing", e);
        } catch (RuntimeException | Error e) { // whoever waits for the commit must hear of it
            rollBack(e);
            return new JournalException("the journal " + file + " failed while writing; see the cause", e);
        }
    }

    private void rollBack(Throwable cause) {
        try {
            statements.execute("ROLLBACK");
        } catch (SQLException e) { // SQLite has rolled back itself after most errors
            cause.addSuppressed(e);
        }
    }

    private synchronized @Nullable JournalException failure() {
        return broken;
    }

    private void fail(JournalException failure, List<Batch> batches) {
        List<Batch> all = new ArrayList<>(batches);
        synchronized (this) {
            broken = failure;
            queue.removeIf(batch -> !batch.equals(LAST) && all.add(batch));
        }
        all.forEach(batch -> batch.written.completeExceptionally(failure));
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() throws SQLException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.add(LAST);
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
