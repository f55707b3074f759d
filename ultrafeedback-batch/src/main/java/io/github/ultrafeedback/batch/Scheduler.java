package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.batch.Plan.Chunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what a step does: a pure function from the state of slots and queue to a plan.
 *
 * <p>Rows that decode come first and are never held up. What is left of the budget goes to prompts, first come first
 * served: one prompt at a time, whole if it fits, else a chunk of it. A prompt that finds no slot or no memory holds up
 * those behind it, so none is passed over for ever. The budget exceeds the slots by a share that only prompts can take,
 * so they get on however many rows decode.
 */
final class Scheduler {
    private final int tokenBudget;
    private final int chunk;

    /**
     * Takes the policy.
     *
     * @param tokenBudget tokens of one step at most
     * @param chunk tokens of one run over a prompt at most, {@value Chunks#LEAST} to 64
     */
    Scheduler(int tokenBudget, int chunk) {
        if (chunk < Chunks.LEAST || chunk > Chunks.MOST) {
            throw new IllegalArgumentException(
                    "chunk must be in [" + Chunks.LEAST + ", " + Chunks.MOST + "], got " + chunk);
        }
        this.tokenBudget = tokenBudget;
        this.chunk = chunk;
    }

    /** Plans a step. Reads only; sequences in {@code waiting} are in the order of their arrival. */
    Plan plan(SlotTable table, Iterable<Sequence> waiting) {
        int rows = table.rows().size();
        List<Chunk> chunks = new ArrayList<>();
        int left = tokenBudget - rows;
        Sequence prefilling = table.prefilling();
        if (prefilling != null) {
            left = addChunks(chunks, prefilling, prefilling.missing(), left);
            if (left < 0) {
                return new Plan(rows, chunks);
            }
        }
        Admission admission = table.admission();
        for (Sequence sequence : waiting) {
            if (!admission.admits(sequence.promised())) {
                break;
            }
            int missing = table.missing(sequence);
            if (missing == 0) {
                chunks.add(new Chunk(sequence, 0));
            } else {
                left = addChunks(chunks, sequence, missing, left);
            }
            if (left < 0) {
                break;
            }
            admission.take(sequence.promised());
        }
        return new Plan(rows, chunks);
    }

    /** Returns what is left of the budget, or -1 if it does not suffice for the whole prompt. */
    private int addChunks(List<Chunk> chunks, Sequence sequence, int missing, int budget) {
        int open = missing;
        int left = budget;
        while (open > 0) {
            int count = Chunks.next(open, Math.min(left, chunk));
            if (count == 0) {
                return -1;
            }
            chunks.add(new Chunk(sequence, count));
            open -= count;
            left -= count;
        }
        return left;
    }
}
