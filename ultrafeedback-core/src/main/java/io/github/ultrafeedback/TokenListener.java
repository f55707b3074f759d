package io.github.ultrafeedback;

/**
 * Hears the text of a request while it is generated.
 *
 * <p>Called by a thread of the backend's, one call at a time for one request, and always before its future completes;
 * it must return soon. The deltas of a choice, joined, are its text: whole characters, and nothing of a stop string. A
 * listener that throws fails its own request and no other.
 */
@FunctionalInterface
public interface TokenListener {

    /**
     * More text has been decided.
     *
     * @param choice index of the choice, 0 for the first
     * @param delta the new text; never empty
     */
    void onText(int choice, String delta);
}
