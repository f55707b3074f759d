package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.batch.Plan.Chunk;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Runs sequences through a model, all of them one step at a time. Start with {@link #step}. One thread.
 *
 * <p>A run that throws fails the sequences in it and no other. A copy that throws leaves slots in a state that nobody
 * can tell, so it goes on to the caller, who must end the engine.
 */
final class Engine {
    private final ModelRunner runner;
    private final Scheduler scheduler;
    private final SlotTable table;
    private final IntFunction<? extends Collection<Sequence>> arrivals;
    private final Meter meter;
    private final Deque<Sequence> waiting = new ArrayDeque<>(); // taken, and without a slot
    private final int[] ids;
    private final int[] lengths;

    /** Takes the parts; {@code arrivals} gives at most as many new sequences as it is asked for. */
    Engine(
            ModelRunner runner,
            Scheduler scheduler,
            SlotTable table,
            IntFunction<? extends Collection<Sequence>> arrivals,
            Meter meter) {
        this.runner = runner;
        this.scheduler = scheduler;
        this.table = table;
        this.arrivals = arrivals;
        this.meter = meter;
        this.ids = new int[table.size()];
        this.lengths = new int[table.size()];
    }

    /** Moves every sequence on by a token or a chunk of its prompt. Returns false if there was nothing to do. */
    boolean step() {
        releaseOver();
        takeNew();
        Plan plan = scheduler.plan(table, waiting);
        if (plan.isEmpty() && !waiting.isEmpty()) { // nothing will ever leave and make room
            throw new IllegalStateException(waiting.size() + " sequences wait, the first for "
                    + waiting.element().promised() + " positions, and no slot is in use: " + table.committed() + " of "
                    + table.budget() + " positions are taken.");
        }
        decode(plan.rows());
        for (Chunk chunk : plan.chunks()) {
            prefill(chunk);
        }
        meter.stepped(table.used());
        return !plan.isEmpty();
    }

    private void releaseOver() {
        waiting.removeIf(sequence -> sequence.decoding().over());
        Sequence prefilling = table.prefilling();
        if (prefilling != null && prefilling.decoding().over()) {
            run(table.release(prefilling));
        }
        for (int row = table.rows().size() - 1; row >= 0; row--) { // from the end, so that no dead row is moved
            Sequence sequence = table.rows().get(row);
            if (sequence.decoding().over()) {
                run(table.release(sequence));
            }
        }
    }

    private void takeNew() {
        int room = table.size() - table.used() - waiting.size();
        if (room > 0) {
            waiting.addAll(arrivals.apply(room));
        }
    }

    private void decode(int count) {
        if (count == 0) {
            return;
        }
        List<Sequence> rows = table.rows();
        for (int row = 0; row < count; row++) {
            ids[row] = rows.get(row).lastToken();
            lengths[row] = rows.get(row).computed();
        }
        FloatBuffer logits;
        try {
            logits = runner.decode(count, ids, lengths);
        } catch (RuntimeException | Error e) { // the rows of this run are lost, and no others
            rows.forEach(sequence -> fail(sequence, e));
            return;
        }
        for (int row = 0; row < count; row++) {
            table.decoded(rows.get(row));
            draw(rows.get(row), logits.position(row * runner.vocabSize()));
        }
    }

    private void prefill(Chunk chunk) {
        Sequence sequence = chunk.sequence();
        if (sequence.decoding().over() || !(sequence.placed() || place(sequence))) {
            return;
        }
        if (sequence.missing() == 0 && sequence == table.prefilling()) {
            begin(sequence, FloatBuffer.wrap(sequence.prompt().knownLogits()));
            return;
        }
        // Less than planned where a prompt before it in this step left a longer prefix.
        int count = sequence.missing() == 0 ? 0 : Chunks.next(sequence.missing(), chunk.tokens());
        if (count > 0) {
            prefill(sequence, count);
        }
    }

    private void prefill(Sequence sequence, int count) {
        boolean last = count == sequence.missing();
        FloatBuffer logits;
        try {
            logits = runner.prefill(sequence.slot(), sequence.prompt().ids(), sequence.computed(), count, last);
        } catch (RuntimeException | Error e) { // this prompt is lost, and no other
            fail(sequence, e);
            return;
        }
        table.computed(sequence, count);
        meter.prefilled(count);
        if (last) {
            sequence.takeOthers(logits, runner.vocabSize()).forEach(waiting::addFirst);
            begin(sequence, logits);
        }
    }

    /** Gives the sequence a slot. False if it must wait after all: behind others, or for memory. */
    private boolean place(Sequence sequence) {
        if (waiting.peek() != sequence
                || table.prefilling() != null
                || !table.admission().admits(sequence.promised())) {
            return false;
        }
        waiting.remove();
        run(table.place(sequence));
        if (sequence.missing() > 0) { // a choice that copies its request's own prompt is no hit
            meter.reused(sequence.computed());
        }
        sequence.decoding().begun();
        return true;
    }

    /** The prompt is whole: draws the first token. */
    private void begin(Sequence sequence, FloatBuffer logits) {
        draw(sequence, logits);
        run(table.join(sequence));
    }

    private void draw(Sequence sequence, FloatBuffer logits) {
        try {
            sequence.setLastToken(sequence.decoding().next(logits));
        } catch (RuntimeException | Error e) { // its logits or its parameters; the others are well
            sequence.decoding().fail(e);
        }
    }

    private void fail(Sequence sequence, Throwable cause) {
        table.doubt(sequence);
        sequence.decoding().fail(cause);
    }

    private void run(List<SlotTable.Copy> copies) {
        for (SlotTable.Copy copy : copies) {
            runner.copy(copy.from(), copy.to(), copy.length());
        }
    }
}
