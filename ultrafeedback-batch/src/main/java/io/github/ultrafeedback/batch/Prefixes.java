package io.github.ultrafeedback.batch;

/** What new prompts share with those that lie in slots. Reads slots and changes none. */
final class Prefixes {
    /** No slot. */
    static final int NONE = -1;

    /**
     * Shorter prefixes are computed again: a copy would gain nothing. It keeps out prompts of one token, too, whose run
     * takes the decode path and gives other bits.
     */
    static final int LEAST = 8;

    private final Slot[] slots;
    private final boolean reuse;

    Prefixes(Slot[] slots, boolean reuse) {
        this.slots = slots;
        this.reuse = reuse;
    }

    /** The slot that saves a prompt most; of two that save the same the preferred one, which needs no copy. */
    int longest(Sequence.Prompt prompt, int preferred) {
        int best = NONE;
        int longest = 0;
        for (int slot = 0; slot < slots.length; slot++) {
            int length = length(prompt, slot);
            if (length > longest || (length == longest && length > 0 && slot == preferred)) {
                longest = length;
                best = slot;
            }
        }
        return best;
    }

    /** The whole prompt where its logits are known, else a prefix that leaves two tokens to compute. */
    int length(Sequence.Prompt prompt, int slot) {
        if (slot == NONE) {
            return 0;
        }
        boolean whole = slots[slot].prompt() == prompt.ids() && slots[slot].computed() == prompt.length();
        if (whole && prompt.hasLogits()) {
            return prompt.length();
        }
        int length = reuse ? Math.min(slots[slot].shared(prompt.ids()), prompt.length() - 2) : 0;
        return length < LEAST ? 0 : length;
    }

    /** Whether a slot holds a prompt that may serve others, and no other slot holds it too. */
    boolean worthKeeping(int slot) {
        Slot held = slots[slot];
        if (!reuse || held.computed() < LEAST) {
            return false;
        }
        for (int i = 0; i < slots.length; i++) {
            if (i != slot && slots[i].shared(held.prompt()) >= held.computed()) {
                return false;
            }
        }
        return true;
    }
}
