package io.github.ultrafeedback.batch;

import java.nio.FloatBuffer;

/** What the engine knows of one choice: draw from these logits, and is anybody still waiting for more? */
interface Decoding {
    /** What {@link #next} returns when the choice has ended. */
    int END = -1;

    /**
     * Whether nobody wants another token: cancelled, failed, or ended by a stop string that another thread found.
     * Called by the engine; once true it stays so.
     */
    boolean over();

    /**
     * Draws a token and hands it on.
     *
     * @param logits at its position a row of logits
     * @return the token, or {@link #END} if the choice ended with it
     */
    int next(FloatBuffer logits);

    /** Work on the request began: its prompt got a slot. Called once for a request, before any token. */
    void begun();

    /** Fails the whole request, if it has not ended. */
    void fail(Throwable cause);
}
