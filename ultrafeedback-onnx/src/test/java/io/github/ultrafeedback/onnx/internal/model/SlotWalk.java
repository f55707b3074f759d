package io.github.ultrafeedback.onnx.internal.model;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler without sense: sequences start at random, with or without a copied prefix, are prefilled in random legal
 * chunks, decode together in the first slots, stop at any time and leave their place to the last. Each row of logits
 * must be the one that the sequence has alone.
 */
final class SlotWalk {
    /** What a slot holds. It stays as a source of prefixes when its sequence has gone. */
    private static final class Held {
        final SlotReference reference;
        int computed;
        int drawn;
        boolean alive = true;

        Held(SlotReference reference, int computed) {
            this.reference = reference;
            this.computed = computed;
        }

        int length() {
            return computed + drawn;
        }
    }

    private final SlotDecoder decoder;
    private final List<SlotReference> references;
    private final Random random;
    private final List<@Nullable Held> slots = new ArrayList<>();
    private final int spare;
    private int rows;
    private int checked;

    SlotWalk(SlotDecoder decoder, List<SlotReference> references, long seed) {
        this.decoder = decoder;
        this.references = references;
        this.random = new Random(seed);
        this.spare = decoder.slots() - 1;
        for (int slot = 0; slot < spare; slot++) {
            slots.add(null);
        }
    }

    /** Returns how many rows of logits were compared. */
    int walk(int events) {
        for (int event = 0; event < events; event++) {
            int dice = random.nextInt(10);
            int slot = rows + random.nextInt(Math.max(1, spare - rows));
            if (rows == spare || dice < 3) {
                decode();
            } else if (waiting(slot)) {
                chunk(slot);
            } else {
                start(slot);
            }
        }
        return checked;
    }

    private boolean waiting(int slot) {
        Held held = slots.get(slot);
        return held != null && held.alive;
    }

    private Held held(int slot) {
        Held held = slots.get(slot);
        if (held == null) {
            throw new AssertionError("slot " + slot + " holds nothing");
        }
        return held;
    }

    private void start(int slot) {
        SlotReference reference = references.get(random.nextInt(references.size()));
        int from = random.nextInt(spare);
        Held source = slots.get(from);
        int shared = source == null
                ? 0
                : Math.min(Math.min(source.computed, reference.length() - 2), reference.sharedWith(source.reference));
        if (shared > 0) {
            decoder.copy(from, slot, shared);
        }
        slots.set(slot, new Held(reference, Math.max(0, shared)));
    }

    private void chunk(int slot) {
        Held held = held(slot);
        int count = ChunkPlans.next(held.reference.length() - held.computed, random);
        boolean last = held.computed + count == held.reference.length();
        FloatBuffer logits = decoder.prefill(slot, held.reference.prompt(), held.computed, count, last);
        held.computed += count;
        if (last) {
            held.reference.check(0, logits, 0, "prefill");
            checked++;
            swap(slot, rows++);
        }
    }

    /** What a slot holds that has never been used goes nowhere. */
    private void swap(int one, int two) {
        if (one == two) {
            return;
        }
        Held first = held(one);
        Held second = slots.get(two);
        if (second != null) {
            decoder.copy(two, spare, second.length());
        }
        decoder.copy(one, two, first.length());
        if (second != null) {
            decoder.copy(spare, one, second.length());
        }
        slots.set(two, first);
        slots.set(one, second);
    }

    private void decode() {
        if (rows == 0) {
            return;
        }
        int[] ids = new int[rows];
        int[] lengths = new int[rows];
        for (int row = 0; row < rows; row++) {
            Held held = held(row);
            ids[row] = held.reference.token(held.drawn);
            lengths[row] = held.length();
        }
        FloatBuffer logits = decoder.decode(rows, ids, lengths);
        for (int row = 0; row < rows; row++) {
            Held held = held(row);
            held.drawn++;
            held.reference.check(held.drawn, logits, row, "row " + row + " of " + rows);
            checked++;
        }
        for (int row = rows - 1; row >= 0; row--) {
            if (held(row).drawn == held(row).reference.steps() || random.nextInt(12) == 0) {
                leave(row);
            }
        }
    }

    private void leave(int row) {
        held(row).alive = false;
        rows--;
        if (row != rows) {
            decoder.copy(rows, row, held(rows).length());
            slots.set(row, held(rows));
            slots.set(rows, null);
        }
    }
}
