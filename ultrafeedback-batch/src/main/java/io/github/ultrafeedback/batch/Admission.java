package io.github.ultrafeedback.batch;

/**
 * Whether one more sequence fits: a slot for it, and memory whatever moves come. Looks at a table as it was, and counts
 * those that were let in since. Used once, within a plan.
 */
final class Admission {
    private final SlotTable table;
    private final int[] promised; // by slot; those let in follow the ones that are there
    private int next;
    private int free;

    Admission(SlotTable table) {
        this.table = table;
        this.promised = new int[table.size()];
        for (int slot = 0; slot < promised.length; slot++) {
            promised[slot] = table.promisedAt(slot);
            if (promised[slot] > 0) {
                next = slot + 1;
            }
        }
        this.free = table.size() - table.used();
    }

    boolean admits(int positions) {
        return free > 0 && committedWith(positions) <= table.budget();
    }

    void take(int positions) {
        int slot = Math.min(next, promised.length - 1);
        promised[slot] = Math.max(promised[slot], positions);
        next = slot + 1;
        free--;
    }

    long committed() {
        return committedWith(0);
    }

    /** A sequence in a slot may come to any slot below, so each slot counts the largest promise from there up. */
    private long committedWith(int positions) {
        long sum = 0;
        int largest = 0;
        int slot = Math.min(next, promised.length - 1);
        for (int i = promised.length - 1; i >= 0; i--) {
            largest = Math.max(largest, promised[i]);
            if (i == slot) {
                largest = Math.max(largest, positions);
            }
            sum += Math.max(largest, table.touchedAt(i));
        }
        return sum;
    }
}
