package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.internal.model.KvLayout;
import java.util.Locale;

/**
 * How many slots there are, how long each is, and how many positions of them may be in memory at once. A slot is as
 * long as the model's context, since a position that is never written costs nothing.
 *
 * @param slots sequences at once
 * @param capacity positions of a slot
 * @param budget positions of all slots together
 * @param why what set the number of slots, for the log
 */
record CacheSize(int slots, int capacity, long budget, String why) {
    private static final int DEFAULT_SLOTS = 32;

    /** A slot that is not asked for must be worth it: memory for a prompt and answer of this many tokens. */
    private static final int LEAST_SHARE = 256;

    static CacheSize of(BatchSettings settings, KvLayout kv, int contextLength, long machineBytes) {
        long bytesPerToken = kv.positionBytes();
        long bytes = settings.cacheBytes() > 0 ? settings.cacheBytes() : machineBytes / 4;
        long budget = bytes / bytesPerToken;
        if (settings.maxLength() > contextLength) {
            throw new ModelLoadException("maxLength must be at most the model's context of " + contextLength
                    + " tokens, got " + settings.maxLength() + "; leave it out to take the context");
        }
        int asked = settings.maxLength() > 0 ? settings.maxLength() : contextLength;
        int least = settings.maxLength() > 0 ? asked : 2;
        if (budget < least) {
            throw new ModelLoadException("The cache has room for " + budget + " tokens (" + bytes + " bytes at "
                    + bytesPerToken + " a token), and one sequence needs " + least
                    + ". Raise BatchSettings.cacheBytes or lower maxLength.");
        }
        int capacity = (int) Math.min(asked, budget);
        if (settings.slots() > 0) {
            return new CacheSize(settings.slots(), capacity, budget, "BatchSettings.slots");
        }
        long fitting = Math.max(1, budget / LEAST_SHARE);
        return fitting < DEFAULT_SLOTS
                ? new CacheSize((int) fitting, capacity, budget, "room for " + LEAST_SHARE + " tokens each")
                : new CacheSize(DEFAULT_SLOTS, capacity, budget, "the default");
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
