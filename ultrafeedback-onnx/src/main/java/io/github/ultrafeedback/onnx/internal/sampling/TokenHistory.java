package io.github.ultrafeedback.onnx.internal.sampling;

import java.util.Arrays;

/**
 * The distinct tokens of one sequence, in order of first appearance, and how often each was drawn. An open hash table
 * of ints; it allocates only when it doubles. Not thread-safe.
 */
final class TokenHistory {
    private static final int EMPTY = -1;
    private static final int FIRST_CAPACITY = 64;

    private int[] ids = new int[FIRST_CAPACITY];
    private int[] drawn = new int[FIRST_CAPACITY];
    private int[] slots = emptySlots(FIRST_CAPACITY);
    private int size;

    TokenHistory(int[] promptIds) {
        for (int id : promptIds) {
            index(id);
        }
    }

    /** Counts a token that was drawn. */
    void add(int id) {
        int index = index(id); // first: it may replace the array
        drawn[index]++;
    }

    int size() {
        return size;
    }

    int id(int index) {
        return ids[index];
    }

    /** How often the answer holds the token; 0 for one that only the prompt holds. */
    int drawn(int index) {
        return drawn[index];
    }

    private int index(int id) {
        int slot = slot(id);
        if (slots[slot] != EMPTY) {
            return slots[slot];
        }
        if (size == ids.length) {
            grow();
            slot = slot(id);
        }
        slots[slot] = size;
        ids[size] = id;
        return size++;
    }

    private int slot(int id) {
        int mask = slots.length - 1;
        int slot = (id * 0x9e3779b9) >>> 7 & mask; // Fibonacci hashing: neighbouring ids spread
        while (slots[slot] != EMPTY && ids[slots[slot]] != id) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        ids = Arrays.copyOf(ids, 2 * size);
        drawn = Arrays.copyOf(drawn, 2 * size);
        slots = emptySlots(2 * size);
        for (int i = 0; i < size; i++) {
            slots[slot(ids[i])] = i;
        }
    }

    /** Twice as many slots as tokens, so that a search ends soon. */
    private static int[] emptySlots(int capacity) {
        int[] slots = new int[2 * capacity];
        Arrays.fill(slots, EMPTY);
        return slots;
    }
}
