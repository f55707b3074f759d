package io.github.ultrafeedback.dataset.internal.files;

import io.github.ultrafeedback.dataset.error.JobFileException;
import io.github.ultrafeedback.dataset.error.JobLockedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The right to work on a job's folder. The operating system takes it back when the process dies, however it dies. The
 * file says who holds it.
 *
 * <p>A lock belongs to the whole process, and closing any channel on the file gives it up. So a second owner in this
 * process is found in a map of our own, before the file is touched.
 */
public final class JobLock implements AutoCloseable {
    private static final String NAME = "job.lock";
    private static final ConcurrentMap<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    private final Path folder;
    private final FileChannel channel;

    private JobLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder.
     *
     * @param files the file system
     * @param folder the job's folder, made if missing
     * @param clock tells the time to write into the lock
     * @return the lock
     * @throws JobLockedException if somebody else has it
     * @throws JobFileException if the folder or the lock cannot be written
     */
    public static JobLock take(JobFiles files, Path folder, Clock clock) {
        Path real;
        try {
            files.createFolder(folder);
            real = folder.toRealPath();
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        String holder = holder(clock);
        String other = HELD_HERE.putIfAbsent(real, holder);
        if (other != null) {
            throw locked(folder, other + " (this process)");
        }
        boolean taken = false;
        try {
            FileChannel channel = files.tryLock(real.resolve(NAME));
            if (channel == null) {
                throw locked(folder, otherHolder(real.resolve(NAME)));
            }
            JobLock lock = new JobLock(real, channel);
            taken = true;
            lock.say(holder);
            return lock;
        } catch (IOException e) {
            throw unwritable(folder, e);
        } finally {
            if (!taken) {
                HELD_HERE.remove(real);
            }
        }
    }

    /** Windows does not let others read a locked file. */
    private static String otherHolder(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "a process that cannot be named";
        }
    }

    private void say(String holder) throws IOException {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static String holder(Clock clock) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "a host without a name";
        }
        return "process " + ProcessHandle.current().pid() + " on " + host + " since " + clock.instant();
    }

    private static JobLockedException locked(Path folder, String holder) {
        return new JobLockedException(
                "folder " + folder + " is in use by " + holder + "; wait for it to end, or take another folder", null);
    }

    private static JobFileException unwritable(Path folder, IOException e) {
        return new JobFileException(
                "folder " + folder + " must be a folder that this process may write to, with room on its disk, got "
                        + e.getClass().getSimpleName(),
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new JobFileException("the lock of folder " + folder + " could not be given back", e);
        } finally {
            HELD_HERE.remove(folder);
        }
    }
}
