package io.github.ultrafeedback.dataset.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the job asks of the file system, so that a test can let the n-th wish fail. Used by one thread at a time. */
public interface JobFiles {

    /**
     * Makes a folder and those above it, where they are missing.
     *
     * @param folder which
     * @throws IOException if it cannot be made
     */
    void createFolder(Path folder) throws IOException;

    /**
     * Opens a new, empty file in place of what stands there.
     *
     * @param file which
     * @return an open file
     * @throws IOException if it cannot be made
     */
    OpenFile create(Path file) throws IOException;

    /**
     * Moves a file onto another in one step.
     *
     * @param from what to move
     * @param to what to replace; need not exist
     * @throws IOException if it cannot be done in one step
     */
    void replace(Path from, Path to) throws IOException;

    /**
     * Writes a folder's list of names to the disk.
     *
     * @param folder which
     * @throws IOException if the disk says no
     */
    void forceFolder(Path folder) throws IOException;

    /**
     * Deletes a file, if it is there.
     *
     * @param file which
     * @throws IOException if it cannot be deleted
     */
    void delete(Path file) throws IOException;

    /**
     * Locks a file against other processes, until the channel is closed.
     *
     * @param file which; made if missing
     * @return the channel, or null if another process has the lock
     * @throws IOException if it cannot be opened or locked
     */
    @Nullable FileChannel tryLock(Path file) throws IOException;

    /** A file that is being written. */
    interface OpenFile extends AutoCloseable {
        /**
         * Appends bytes.
         *
         * @param bytes holds them
         * @param length how many, from the first
         * @throws IOException if not all could be written
         */
        void write(byte[] bytes, int length) throws IOException;

        /**
         * Writes all to the disk.
         *
         * @throws IOException if the disk says no
         */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
