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

    /** Settings beside the cache's layout, the model's context in tokens and the machine's memory. */
    static CacheSize of(BatchSettings settings, KvLayout kv, int contextLength, long machineBytes) {
        if (settings.maxLength() > contextLength) {
            throw new ModelLoadException("maxLength must be at most the model's context of " + contextLength
                    + " tokens, got " + settings.maxLength() + "; leave it out to take the context");
        }
        long bytes = settings.cacheBytes() > 0 ? settings.cacheBytes() : machineBytes / 4;
        long budget = bytes / kv.positionBytes();
        int least = Math.max(2, settings.maxLength());
        if (budget < least) {
            throw new ModelLoadException("The cache has room for " + budget + " tokens (" + bytes + " bytes at "
                    + kv.positionBytes() + " a token), and one sequence needs " + least
                    + ". Raise BatchSettings.cacheBytes or lower maxLength.");
        }
        int slots = settings.slots() > 0
                ? settings.slots()
                : (int) Math.max(1, Math.min(DEFAULT_SLOTS, budget / LEAST_SHARE));
        long longest = Integer.MAX_VALUE / (slots * kv.rowBytes(1));
        if (longest < least) {
            throw new ModelLoadException("A tensor of the cache has 2 GiB at most, so " + slots + " slots can have "
                    + longest + " tokens each, and one sequence needs " + least
                    + ". Lower BatchSettings.slots or maxLength.");
        }
        int asked = settings.maxLength() > 0 ? settings.maxLength() : contextLength;
        return new CacheSize(slots, (int) Math.min(asked, Math.min(budget, longest)), budget, why(settings, slots));
    }

    private static String why(BatchSettings settings, int slots) {
        if (settings.slots() > 0) {
            return "BatchSettings.slots";
        }
        return slots < DEFAULT_SLOTS ? "room for " + LEAST_SHARE + " tokens each" : "the default";
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
