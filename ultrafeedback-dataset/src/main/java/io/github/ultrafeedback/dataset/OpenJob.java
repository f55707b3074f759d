package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.files.JobLock;
import io.github.ultrafeedback.dataset.internal.journal.Journal;

/**
 * A job's folder, locked, with its journal open.
 *
 * @param lock keeps others away
 * @param journal the memory of the job
 */
record OpenJob(JobLock lock, Journal journal) implements AutoCloseable {

    static OpenJob open(JobSettings settings) {
        JobLock lock = JobLock.take(settings.files, settings.folder(), settings.clock);
        try {
            return new OpenJob(lock, Journal.open(settings.folder(), settings.pragmas));
        } catch (RuntimeException | Error e) { // nobody else would give the folder back
            lock.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            journal.close();
        } finally {
            lock.close();
        }
    }
}
