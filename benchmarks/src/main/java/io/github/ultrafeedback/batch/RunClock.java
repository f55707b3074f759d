package io.github.ultrafeedback.batch;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the engine's time goes. Written by the engine's thread, read by any.
 *
 * <p>A watched step is one decode run of the wanted number of rows together with all that the engine does until the
 * next such run; where a prompt is computed in between, it is left out. After a block of them the run is repeated bare.
 */
public final class RunClock {
    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final List<Block> blocks = new ArrayList<>();
    private int watchedRows;
    private int blockSteps;
    private Totals totals = new Totals(0, 0, 0, 0, 0);
    private boolean within; // the last run was a decode of the watched rows
    private long started;
    private long allocated;
    private long inside;
    private int steps;
    private long blockNanos;
    private long blockInside;
    private long blockBytes;

    /**
     * Steps of the engine, and as many bare runs of the same shape right after them.
     *
     * @param rows of each run
     * @param steps how many
     * @param engineNanos time of the engine's steps, runs included
     * @param insideNanos of it in the model's runs
     * @param bareNanos time of the bare runs
     * @param allocatedBytes what the engine's thread allocated in its steps
     */
    public record Block(int rows, int steps, long engineNanos, long insideNanos, long bareNanos, long allocatedBytes) {}

    /**
     * Sums over everything.
     *
     * @param decodeNanos in decode runs, repeated ones left out
     * @param decodeRuns how many
     * @param decodedRows rows of them together
     * @param prefillNanos in runs over prompts
     * @param copyNanos in copies from slot to slot
     */
    public record Totals(long decodeNanos, long decodeRuns, long decodedRows, long prefillNanos, long copyNanos) {
        /**
         * Time in runs of the model.
         *
         * @return nanoseconds
         */
        public long insideNanos() {
            return decodeNanos + prefillNanos;
        }
    }

    /**
     * Starts anew.
     *
     * @param rows the steps to watch; 0 watches none
     * @param stepsOfBlock after how many of them the run is repeated, as many times
     */
    public synchronized void watch(int rows, int stepsOfBlock) {
        watchedRows = rows;
        blockSteps = stepsOfBlock;
        totals = new Totals(0, 0, 0, 0, 0);
        blocks.clear();
        within = false;
        clearBlock();
    }

    /**
     * The blocks that were finished.
     *
     * @return a copy, in order
     */
    public synchronized List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /**
     * The sums since {@link #watch}.
     *
     * @return a moment's view
     */
    public synchronized Totals totals() {
        return totals;
    }

    /** Returns how often the run is to be repeated before it is done for the engine. */
    synchronized int beforeDecode(int rows) {
        long now = System.nanoTime();
        if (!within || rows != watchedRows) {
            within = false;
            return 0;
        }
        blockNanos += now - started;
        blockInside += inside;
        blockBytes += threads.getCurrentThreadAllocatedBytes() - allocated;
        steps++;
        return steps == blockSteps ? steps : 0;
    }

    synchronized void repeated(long nanos) {
        blocks.add(new Block(watchedRows, steps, blockNanos, blockInside, nanos, blockBytes));
        clearBlock();
    }

    private void clearBlock() {
        steps = 0;
        blockNanos = 0;
        blockInside = 0;
        blockBytes = 0;
    }

    synchronized long decodeStarts() {
        allocated = threads.getCurrentThreadAllocatedBytes();
        started = System.nanoTime();
        return started;
    }

    synchronized void decoded(int rows, long nanos) {
        inside = nanos;
        within = rows == watchedRows;
        totals = new Totals(
                totals.decodeNanos + nanos,
                totals.decodeRuns + 1,
                totals.decodedRows + rows,
                totals.prefillNanos,
                totals.copyNanos);
    }

    synchronized void prefilled(long nanos) {
        within = false;
        totals = new Totals(
                totals.decodeNanos,
                totals.decodeRuns,
                totals.decodedRows,
                totals.prefillNanos + nanos,
                totals.copyNanos);
    }

    synchronized void copied(long nanos) {
        totals = new Totals(
                totals.decodeNanos,
                totals.decodeRuns,
                totals.decodedRows,
                totals.prefillNanos,
                totals.copyNanos + nanos);
    }
}
