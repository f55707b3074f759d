package io.github.ultrafeedback.dataset.internal.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that appears whole or not at all: written beside its name, forced to the disk, moved onto it in one step, and
 * the folder forced too. Closing without {@link #commit} leaves the old file as it was. Not thread-safe.
 */
public final class AtomicFile extends OutputStream {
    private static final int BUFFER = 1 << 16;

    private final JobFiles files;
    private final Path target;
    private final Path folder;
    private final Path draft;
    private final JobFiles.OpenFile out;
    private final byte[] buffer = new byte[BUFFER];
    private int used;
    private boolean committed;
    private boolean closed;

    /**
     * Opens the draft.
     *
     * @param files the file system
     * @param target the name at which the file shall appear
     * @throws IOException if the draft cannot be made
     */
    public AtomicFile(JobFiles files, Path target) throws IOException {
        this.files = files;
        this.target = target;
        this.folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "target must be a file in a folder");
        this.draft = target.resolveSibling(target.getFileName() + ".tmp");
        this.out = files.create(draft);
    }

    @Override
    public void write(int b) throws IOException {
        if (used == BUFFER) {
            flush();
        }
        buffer[used++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (used == BUFFER) {
                flush();
            }
            int part = Math.min(left, BUFFER - used);
            System.arraycopy(bytes, from, buffer, used, part);
            used += part;
            from += part;
            left -= part;
        }
    }

    @Override
    public void flush() throws IOException {
        out.write(buffer, used);
        used = 0;
    }

    /**
     * Lets the file appear under its name.
     *
     * @throws IOException if a step failed; the old file stands then, unless only the last step, the folder's, failed
     */
    public void commit() throws IOException {
        flush();
        out.force();
        closed = true;
        out.close();
        files.replace(draft, target);
        committed = true;
        files.forceFolder(folder);
    }

    @Override
    public void close() throws IOException {
        if (committed) {
            return;
        }
        try {
            if (!closed) {
                closed = true;
                out.close();
            }
        } finally {
            files.delete(draft);
        }
    }
}
