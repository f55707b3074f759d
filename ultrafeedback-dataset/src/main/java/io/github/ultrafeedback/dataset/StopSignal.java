package io.github.ultrafeedback.dataset;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks a run to end in order. The first reason counts. Safe for concurrent use. */
final class StopSignal {
    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private volatile Runnable wake = () -> {};
    private volatile boolean wasInterrupted;

    /**
     * Why a run shall end.
     *
     * @param end what the report says
     * @param text in a sentence
     * @param cause what blocked the job, or null
     */
    record Reason(JobReport.End end, String text, @Nullable Throwable cause) {}

    void request(JobReport.End end, String text, @Nullable Throwable cause) {
        if (reason.compareAndSet(null, new Reason(end, text, cause))) {
            wake.run();
        }
    }

    /** The thread of the run was interrupted; it gets its flag back when the run is over. */
    void interrupted() {
        wasInterrupted = true;
        request(JobReport.End.STOPPED, "The thread of the job was interrupted.", null);
    }

    void restoreInterrupt() {
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean requested() {
        return reason.get() != null;
    }

    @Nullable Reason reason() {
        return reason.get();
    }

    /** Sets what wakes the thread that has to notice. */
    void wakes(Runnable value) {
        wake = value;
    }
}
