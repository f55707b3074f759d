package io.github.ultrafeedback.batch;

import java.time.Duration;

/**
 * What a generator has done since it was opened, and what it is doing. A moment's view: its numbers are read one after
 * the other while the engine goes on.
 *
 * @param slots sequences that can run at once
 * @param running sequences in slots: choices, not requests
 * @param waiting requests that wait for a slot
 * @param steps steps of the engine
 * @param promptTokens prompt tokens that went through the model; those copied from another prompt are not among them
 * @param completionTokens tokens drawn
 * @param prefixHits prompts that copied a beginning
 * @param reusedTokens prompt tokens copied in place of computed
 * @param timeToFirstToken mean time from submitting a request to its first token, queue included; zero before any
 * @param timePerToken mean time from a token of a choice to its next; zero before any
 */
public record BatchStats(
        int slots,
        int running,
        int waiting,
        long steps,
        long promptTokens,
        long completionTokens,
        long prefixHits,
        long reusedTokens,
        Duration timeToFirstToken,
        Duration timePerToken) {}
