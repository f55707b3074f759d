package io.github.ultrafeedback.dataset.internal.journal;

/**
 * A call as it was stored.
 *
 * @param state how far it is
 * @param asked how often it was about to be sent
 */
public record StoredCall(CallState state, int asked) {}
