package io.github.ultrafeedback.dataset;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended. Every answer that came in is in the journal, whatever the end.
 *
 * @param folder the job's folder
 * @param start what the run found when it started
 * @param end why it ended
 * @param reason more about the end, in a sentence
 * @param cause what blocked the job, or null
 * @param done calls answered, in this run and before
 * @param failed calls failed
 * @param held calls left aside
 * @param open calls not made yet; those that the run left in flight are among them
 */
public record JobReport(
        Path folder,
        StartReport start,
        End end,
        String reason,
        @Nullable Throwable cause,
        long done,
        long failed,
        long held,
        long open) {

    /** Why a run ended. */
    public enum End {
        /** Every call is done, failed or held. */
        FINISHED,
        /** Somebody asked for it: {@link GenerationJob#stop} or a signal. */
        STOPPED,
        /** Too many of the last calls failed. */
        TOO_MANY_FAILURES,
        /** No call can succeed until somebody acts: a model cannot be opened, a key is wrong, a quota is used up. */
        BLOCKED
    }

    /**
     * What a user wants to read at the end.
     *
     * @return a few sentences, with how to go on
     */
    public String summary() {
        String counts = done + " of " + start.calls() + " calls done, " + failed + " failed, " + held + " held, " + open
                + " open.";
        String bad = start.badRows() == 0
                ? ""
                : " " + start.badRows() + " of " + start.rows() + " rows are no use; see failures.jsonl.";
        String next =
                open == 0 ? "" : " Run the same job on folder " + folder + " to go on; nothing done is asked again.";
        return reason + " " + counts + bad + next;
    }
}
