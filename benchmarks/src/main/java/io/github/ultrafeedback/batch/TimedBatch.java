package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;

/**
 * Opens a batch generator whose runs of the model are timed. In the package of the batch module, since what is put
 * around a model is no part of what users see.
 */
public final class TimedBatch {
    private TimedBatch() {}

    /**
     * Opens a model folder.
     *
     * @param model names the folder
     * @param options as for {@link BatchGenerator#open}
     * @param clock is told of every run by the engine's thread
     * @return a generator that the caller closes
     */
    public static BatchGenerator open(ModelRef model, GeneratorOptions options, RunClock clock) {
        return BatchGenerator.open(model, options, TimedBatch::daemon, runner -> new TimedRunner(runner, clock));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ultrafeedback-batch");
        thread.setDaemon(true);
        return thread;
    }
}
