package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.files.DiskFiles;
import io.github.ultrafeedback.dataset.internal.files.JobFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file system, but from the n-th wish on it says no, or only to that one. A write that fails has done half. */
final class FailingFiles implements JobFiles {
    private final DiskFiles disk = new DiskFiles();
    private final int failing;
    private final boolean onlyOnce;
    final List<String> asked = new ArrayList<>();

    FailingFiles(int failing, boolean onlyOnce) {
        this.failing = failing;
        this.onlyOnce = onlyOnce;
    }

    private boolean fails(String what) {
        asked.add(what);
        return onlyOnce ? asked.size() == failing : asked.size() >= failing;
    }

    private void ask(String what) throws IOException {
        if (fails(what)) {
            throw new IOException("the test says no to " + what);
        }
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        ask("createFolder");
        disk.createFolder(folder);
    }

    @Override
    public OpenFile create(Path file) throws IOException {
        ask("create " + file.getFileName());
        OpenFile open = disk.create(file);
        return new OpenFile() {
            @Override
            public void write(byte[] bytes, int length) throws IOException {
                if (fails("write " + file.getFileName())) {
                    open.write(bytes, length / 2);
                    throw new IOException("the test says no to half of a write");
                }
                open.write(bytes, length);
            }

            @Override
            public void force() throws IOException {
                ask("force " + file.getFileName());
                open.force();
            }

            @Override
            public void close() throws IOException {
                open.close();
                ask("close " + file.getFileName());
            }
        };
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        ask("replace " + to.getFileName());
        disk.replace(from, to);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        ask("forceFolder");
        disk.forceFolder(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
        ask("delete " + file.getFileName());
        disk.delete(file);
    }

    @Override
    public @Nullable FileChannel tryLock(Path file) throws IOException {
        ask("tryLock");
        return disk.tryLock(file);
    }
}
