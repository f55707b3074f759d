package io.github.ultrafeedback.dataset.internal.journal;

import io.github.ultrafeedback.dataset.error.JournalException;
import java.util.Locale;

/** How far a call is. A call that the journal does not hold is planned. */
public enum CallState {
    /** Not sent, or known to have had no effect. */
    PLANNED,
    /** About to be sent, or sent: whether it was done is not known until an answer or a failure is written. */
    INTENDED,
    /** Answered; the answer is in the journal. */
    DONE,
    /** Failed; the failure is in the journal. */
    FAILED,
    /** Possibly paid for in a run that died, and not to be asked again unless the user says so. */
    HELD;

    /**
     * The word that the file holds.
     *
     * @return for example {@code intended}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CallState ofWord(String word) {
        try {
            return valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new JournalException("a call in the journal has no known state; the journal is damaged", e);
        }
    }
}
