package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.error.JobException;
import io.github.ultrafeedback.dataset.internal.journal.Journal;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry;
import io.github.ultrafeedback.dataset.internal.journal.StoredFailure;
import io.github.ultrafeedback.error.Certainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks models about the rows of an input, and writes UltraFeedback records. Rows times models times samples make the
 * calls.
 *
 * <p>Each call is written to a journal before it is sent, and its answer before it counts. So a job that died, of
 * whatever, goes on when the same job is run on the same folder: no answer in the journal is asked for again, and the
 * calls that were in flight, possibly paid for, are named in {@link StartReport#possiblyPaid}.
 *
 * <pre>{@code
 * JobReport report = GenerationJob.builder()
 *         .input(JobInput.jsonl(Path.of("flan.jsonl")))
 *         .folder(Path.of("flan-run"))
 *         .pool(List.of(JobModel.of("gpt-4"), JobModel.of("onnx:/models/smollm2"), ...), 4)
 *         .build()
 *         .run();
 * }</pre>
 *
 * <p>Immutable. Each method locks the folder for as long as it works.
 */
public final class GenerationJob {
    private static final int PAGE = 1000;

    private final JobSettings settings;
    private final AtomicReference<@Nullable StopSignal> running = new AtomicReference<>();

    GenerationJob(JobSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder, not thread-safe
     */
    public static GenerationJobBuilder builder() {
        return new GenerationJobBuilder();
    }

    /**
     * Runs the job with {@link RunOptions#defaults()}.
     *
     * @return how it ended
     * @throws JobException if the job as a whole cannot go on
     */
    public JobReport run() {
        return run(RunOptions.defaults());
    }

    /**
     * Runs the job to its end, or goes on with it. Blocks the calling thread; an interrupt ends the run as
     * {@link #stop} does, and stays set. When no call is open any more, the records are written.
     *
     * @param options how this run behaves
     * @return how it ended; failed calls and rows are part of a normal end
     * @throws IllegalArgumentException if a model needs more memory than the budget
     * @throws JobException if the job as a whole cannot go on: folder in use, changed settings or input, broken journal
     */
    public JobReport run(RunOptions options) {
        JobSettings all = new JobSettings(settings);
        all.run = Objects.requireNonNull(options, "options must not be null");
        JobChecks.checkMemory(all);
        StopSignal stop = new StopSignal();
        try (ShutdownDrain drain = ShutdownDrain.start(stop, all);
                OpenJob open = OpenJob.open(all)) {
            running.set(drain.signal());
            return new JobRun(all, open.journal(), stop).run();
        } finally {
            running.compareAndSet(stop, null);
            stop.restoreInterrupt();
        }
    }

    /**
     * Asks a run that is under way to end: it makes no new calls, waits for those in flight, at most as long as the
     * drain timeout says, and returns. Returns at once. Safe from any thread; without a run it does nothing.
     */
    public void stop() {
        StopSignal stop = running.get();
        if (stop != null) {
            stop.request(JobReport.End.STOPPED, "The job was asked to stop.", null);
        }
    }

    /**
     * Lets failed calls be asked again by the next run. Rows that are no use are not calls; they stay as they are.
     *
     * @param filter which failures to try again
     * @return how many there were
     * @throws JobException if the folder is in use or the journal is broken
     */
    public long retryFailed(Predicate<CallFailure> filter) {
        Objects.requireNonNull(filter, "filter must not be null");
        try (OpenJob open = OpenJob.open(settings)) {
            Journal journal = open.journal();
            List<JournalEntry> retries = new ArrayList<>();
            long after = 0;
            for (List<StoredFailure> page = journal.reader().failures(after, PAGE);
                    !page.isEmpty();
                    page = journal.reader().failures(after, PAGE)) {
                after = page.get(page.size() - 1).number();
                for (StoredFailure failure : page) {
                    if (!failure.entry().call().model().isEmpty() && filter.test(failure(failure))) {
                        retries.add(new JournalEntry.Retry(
                                failure.number(), failure.entry().call()));
                    }
                }
            }
            journal.write(retries);
            return retries.size();
        }
    }

    private static CallFailure failure(StoredFailure stored) {
        JournalEntry.Failure entry = stored.entry();
        return new CallFailure(
                new Call(stored.rowId(), entry.call().model(), entry.call().sample()),
                entry.type(),
                entry.message(),
                Certainty.valueOf(entry.certainty()),
                entry.retryable());
    }

    /**
     * Asks some answered calls of a model again and compares texts and tokens. A local model with seeds gives the same
     * ones. Each call costs what it cost before; nothing is written. The same calls are chosen each time.
     *
     * @param modelId one of the job's models, which must be seeded
     * @param calls how many calls at most, at least 1
     * @return what differed
     * @throws IllegalArgumentException if the job has no such model, its calls carry no seed, or {@code calls} is below
     *     1
     * @throws JobException if the folder is in use or the journal is broken
     */
    public VerifyReport verify(String modelId, int calls) {
        JobModel model = JobChecks.verifiable(settings, modelId);
        JobChecks.within("calls", calls, 1, Integer.MAX_VALUE, "100 is a good sample");
        try (OpenJob open = OpenJob.open(settings)) {
            return new Verification(settings, open.journal().reader()).run(model, calls);
        }
    }

    /**
     * Writes the records of all rows that are finished by now, their provenance, and the list of failures. A run does
     * so itself when it has finished.
     *
     * @return how many records were written
     * @throws JobException if the folder is in use, the journal is broken, or a file cannot be written
     */
    public long export() {
        try (OpenJob open = OpenJob.open(settings)) {
            return new JobRun(settings, open.journal(), new StopSignal()).export();
        }
    }
}
