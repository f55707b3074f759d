package io.github.ultrafeedback.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which slot, and what lies in those that are free. Pure bookkeeping: whoever calls it runs the copies that
 * it asks for, in order, before anything else.
 *
 * <p>Sequences that decode are in the slots {@code 0} to {@code rows - 1}, without holes: where one leaves, the last
 * moves in. The one whose prompt is being computed sits behind them. Free slots keep the prompt that was computed there
 * last. A new sequence copies the longest prefix that it shares with any slot, and only positions that prefill
 * computed: a decoded position has other bits than a computed one, and a copied one has the same.
 *
 * <p>Memory: a position costs nothing until it is written, and stays taken from then on. A sequence may move down to
 * any slot below its own, so what it was promised counts in each of these. {@link Admission} keeps the sum within the
 * budget whatever moves come. Slot 0 counts in full at all times, so a sequence always fits once the others have left.
 */
final class SlotTable {
    private final Slot[] slots;
    private final int capacity;
    private final long budget;
    private final Prefixes prefixes;
    private final List<Sequence> rows = new ArrayList<>();
    private @Nullable Sequence prefilling;
    private long now;

    /** A copy of the first positions of a slot over another. */
    record Copy(int from, int to, int length) {}

    /** Takes the number of slots, positions of each, positions in all, and whether prefixes are reused. */
    SlotTable(int slots, int capacity, long budget, boolean reuse) {
        if (budget < capacity) {
            throw new IllegalArgumentException(
                    "budget must be at least the capacity of a slot, " + capacity + " positions, got " + budget);
        }
        this.slots = IntStream.range(0, slots).mapToObj(i -> new Slot()).toArray(Slot[]::new);
        this.capacity = capacity;
        this.budget = budget;
        this.prefixes = new Prefixes(this.slots, reuse);
        this.slots[0].touch(capacity); // counts in full
    }

    /** The sequences that decode: the one at index i is in slot i. */
    List<Sequence> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** The sequence whose prompt is being computed. */
    @Nullable Sequence prefilling() {
        return prefilling;
    }

    int size() {
        return slots.length;
    }

    int used() {
        return rows.size() + (prefilling == null ? 0 : 1);
    }

    int free() {
        return (int) IntStream.range(0, slots.length)
                .filter(i -> slots[i].occupant() == null)
                .count();
    }

    /** Positions that are taken or promised, over all moves that may come. */
    long committed() {
        return new Admission(this).committed();
    }

    /** Who may still come in; changes nothing here. */
    Admission admission() {
        return new Admission(this);
    }

    int promisedAt(int slot) {
        Sequence occupant = slots[slot].occupant();
        return occupant == null ? 0 : occupant.promised();
    }

    int touchedAt(int slot) {
        return slots[slot].touched();
    }

    long budget() {
        return budget;
    }

    /** Prompt tokens that would have to be computed if the sequence came in now. */
    int missing(Sequence sequence) {
        int source = prefixes.longest(sequence.prompt(), rows.size());
        return sequence.prompt().length() - prefixes.length(sequence.prompt(), source);
    }

    /** Brings in a sequence: gives it a slot and the prefix that lies somewhere. Returns the copies to run. */
    List<Copy> place(Sequence sequence) {
        if (prefilling != null) {
            throw new IllegalStateException("A prompt is being computed; a second would find no place behind it.");
        }
        now++;
        List<Copy> copies = new ArrayList<>();
        int slot = rows.size();
        int source = prefixes.longest(sequence.prompt(), slot);
        int reused = prefixes.length(sequence.prompt(), source);
        slots[slot].occupy(sequence); // first, so that its promise counts in what can be kept
        if (reused < slots[slot].computed()) {
            keep(slot, source, copies);
        }
        if (source >= 0) {
            slots[source].used(now);
            if (source != slot) {
                copies.add(new Copy(source, slot, reused));
            }
        }
        slots[slot].hold(sequence.prompt().ids(), reused, now);
        sequence.place(slot);
        sequence.setComputed(reused);
        prefilling = sequence;
        return copies;
    }

    /** Prompt tokens were computed. */
    void computed(Sequence sequence, int count) {
        int positions = sequence.computed() + count;
        sequence.setComputed(positions);
        slots[sequence.slot()].hold(sequence.prompt().ids(), positions, now);
    }

    /** The prompt is whole: the sequence becomes the last row. Returns the copies to run. */
    List<Copy> join(Sequence sequence) {
        prefilling = null;
        List<Copy> copies = new ArrayList<>();
        int slot = rows.size();
        if (sequence.slot() != slot) {
            keep(slot, sequence.slot(), copies);
            move(sequence, slot, copies);
        }
        rows.add(sequence);
        return copies;
    }

    /** A token was decoded. */
    void decoded(Sequence sequence) {
        sequence.setComputed(sequence.computed() + 1);
        slots[sequence.slot()].touch(sequence.computed());
    }

    /** A sequence leaves; the last row moves into its place. Returns the copies to run. */
    List<Copy> release(Sequence sequence) {
        List<Copy> copies = new ArrayList<>();
        int slot = sequence.slot();
        slots[slot].occupy(null);
        sequence.unplace();
        if (sequence == prefilling) {
            prefilling = null;
            return copies;
        }
        Sequence last = rows.remove(rows.size() - 1);
        if (last != sequence) {
            keep(slot, last.slot(), copies);
            rows.set(slot, last);
            move(last, slot, copies);
        }
        return copies;
    }

    /** What lies in the slot of a sequence cannot be trusted: it serves nobody else. */
    void doubt(Sequence sequence) {
        slots[sequence.slot()].forget();
    }

    private void move(Sequence sequence, int to, List<Copy> copies) {
        Slot from = slots[sequence.slot()];
        copies.add(new Copy(sequence.slot(), to, sequence.computed()));
        from.occupy(null);
        slots[to].hold(from.prompt(), from.computed(), from.usedAt());
        slots[to].touch(sequence.computed());
        slots[to].occupy(sequence);
        sequence.place(to);
    }

    /** Before a free slot is written over: its prompt goes to the slot that was not used for longest. */
    private void keep(int slot, int busy, List<Copy> copies) {
        Slot old = slots[slot];
        if (!prefixes.worthKeeping(slot)) {
            return;
        }
        int oldest = -1;
        for (int i = rows.size(); i < slots.length; i++) {
            boolean free = slots[i].occupant() == null && i != slot && i != busy;
            if (free && (oldest < 0 || slots[i].usedAt() < slots[oldest].usedAt())) {
                oldest = i;
            }
        }
        if (oldest >= 0 && slots[oldest].usedAt() < old.usedAt() && affordable(oldest, old.computed())) {
            copies.add(new Copy(slot, oldest, old.computed()));
            slots[oldest].hold(old.prompt(), old.computed(), old.usedAt());
        }
    }

    private boolean affordable(int slot, int positions) {
        return committed() + Math.max(0, positions - slots[slot].touched()) <= budget;
    }

    int capacity() {
        return capacity;
    }

    /** Positions of a slot were written by something else than a sequence. */
    void touch(int slot, int positions) {
        slots[slot].touch(positions);
    }
}
