package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.error.JobLockedException;
import java.nio.file.Path;

/** A process that tries to take a folder. */
public final class LockChild {
    private LockChild() {}

    public static void main(String[] args) {
        try {
            TestJobs.job(Path.of(args[0]), 3, TestJobs.words("a")).build().export();
            System.out.println("taken");
        } catch (JobLockedException e) {
            System.out.println("refused");
        }
    }
}
