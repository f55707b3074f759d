package io.github.ultrafeedback.dataset;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a run end in order when the process is told to end, and holds the process until it has. */
final class ShutdownDrain implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10); // for what comes after the last call

    private final StopSignal stop;
    private final Duration longest;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::drain, "ultrafeedback-drain");

    private ShutdownDrain(StopSignal stop, Duration longest) {
        this.stop = stop;
        this.longest = longest;
    }

    static ShutdownDrain start(StopSignal stop, JobSettings settings) {
        ShutdownDrain drain =
                new ShutdownDrain(stop, settings.run.drainTimeout().plus(GRACE));
        if (settings.run.shutdownHook()) {
            try {
                Runtime.getRuntime().addShutdownHook(drain.hook);
            } catch (IllegalStateException e) { // the process is ending already
                stop.request(JobReport.End.STOPPED, "The process was told to end.", null);
            }
        }
        return drain;
    }

    /** What asks the run to stop. */
    StopSignal signal() {
        return stop;
    }

    private void drain() {
        stop.request(JobReport.End.STOPPED, "The process was told to end.", null);
        try {
            boolean unused = over.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) { // the hook is running, and has just been let go
            return;
        }
    }
}
