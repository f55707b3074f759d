package io.github.ultrafeedback.batch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One choice on its way through the engine: its prompt, and how far it has come. {@link SlotTable} moves it; everything
 * here belongs to the engine thread.
 */
final class Sequence {
    private static final int NO_SLOT = -1;

    private final Prompt prompt;
    private final int promised;
    private final Decoding decoding;
    private int slot = NO_SLOT;
    private int computed;
    private int lastToken;

    /** A prompt that the choices of one request share. The first computes it; the others wait and copy it. */
    static final class Prompt {
        private final int[] ids;
        private List<Sequence> others = List.of();
        private float @Nullable [] logits;

        /** Takes at least one token; the array must not change. */
        Prompt(int[] ids) {
            this.ids = ids;
        }

        int[] ids() {
            return ids;
        }

        int length() {
            return ids.length;
        }

        /** Sets the choices after the first. */
        void setOthers(List<Sequence> sequences) {
            others = List.copyOf(sequences);
        }

        /** Whether the row after the prompt was kept for the other choices. */
        boolean hasLogits() {
            return logits != null;
        }

        float[] knownLogits() {
            if (logits == null) {
                throw new IllegalStateException("The logits of the prompt are not known.");
            }
            return logits;
        }
    }

    /** Takes the prompt, the most positions that prompt and answer may come to, and what draws the tokens. */
    Sequence(Prompt prompt, int promised, Decoding decoding) {
        if (promised < prompt.length()) {
            throw new IllegalArgumentException(
                    "promised must be at least the prompt's " + prompt.length() + " tokens, got " + promised);
        }
        this.prompt = prompt;
        this.promised = promised;
        this.decoding = decoding;
    }

    Prompt prompt() {
        return prompt;
    }

    int promised() {
        return promised;
    }

    Decoding decoding() {
        return decoding;
    }

    boolean placed() {
        return slot != NO_SLOT;
    }

    int slot() {
        return slot;
    }

    void place(int newSlot) {
        slot = newSlot;
    }

    void unplace() {
        slot = NO_SLOT;
    }

    /** Positions in the cache: the prompt's, then those of the tokens decoded. */
    int computed() {
        return computed;
    }

    void setComputed(int positions) {
        computed = positions;
    }

    /** Prompt tokens that are not in the cache yet. */
    int missing() {
        return Math.max(0, prompt.length() - computed);
    }

    int lastToken() {
        return lastToken;
    }

    void setLastToken(int id) {
        lastToken = id;
    }

    /** The prompt is whole: keeps its logits where other choices need them. Returns these once, the last one first. */
    List<Sequence> takeOthers(FloatBuffer row, int vocabSize) {
        List<Sequence> others = new ArrayList<>(prompt.others);
        prompt.others = List.of();
        if (!others.isEmpty()) {
            float[] kept = new float[vocabSize];
            row.get(row.position(), kept);
            prompt.logits = kept;
        }
        Collections.reverse(others);
        return others;
    }
}
