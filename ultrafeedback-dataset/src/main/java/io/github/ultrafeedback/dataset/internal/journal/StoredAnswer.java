package io.github.ultrafeedback.dataset.internal.journal;

/**
 * An answer as it was stored.
 *
 * @param call which call it answers
 * @param principle the category of its principle
 * @param system its system text
 * @param raw the completion as JSON
 * @param intact whether its checksum is right
 */
public record StoredAnswer(CallAddress call, String principle, String system, String raw, boolean intact) {
    /** Names the call without the answer. */
    @Override
    public String toString() {
        return "StoredAnswer[call=" + call + "]";
    }
}
