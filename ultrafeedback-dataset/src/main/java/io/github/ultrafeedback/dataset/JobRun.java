package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.error.JournalException;
import io.github.ultrafeedback.dataset.internal.export.Export;
import io.github.ultrafeedback.dataset.internal.export.ExportPlan;
import io.github.ultrafeedback.dataset.internal.export.FailureList;
import io.github.ultrafeedback.dataset.internal.journal.CallState;
import io.github.ultrafeedback.dataset.internal.journal.Journal;
import io.github.ultrafeedback.dataset.internal.journal.JournalCounts;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a job, with its folder locked and its journal open. */
final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final int NAMED_IN_LOG = 20;
    private static final String EXPORTED = "exported";

    private final JobSettings settings;
    private final Journal journal;
    private final StopSignal stop;

    JobRun(JobSettings settings, Journal journal, StopSignal stop) {
        this.settings = settings;
        this.journal = journal;
        this.stop = stop;
    }

    JobReport run() {
        new Ingest(settings, journal).run();
        StartReport start = new Recovery(settings, journal).run();
        log(start);
        settings.run.onStart().accept(start);
        FailureRate failures = new FailureRate(settings.run.failureShare(), settings.run.failureWindow());
        for (List<JobModel> models : together()) {
            if (!stop.requested()) {
                new CallLoop(settings, journal, models, stop, failures).run();
            }
        }
        JobReport report = report(start);
        journal.write(List.of(new JournalEntry.Event(
                settings.clock.instant().toString(), "end", report.end() + " " + report.reason())));
        FailureList.write(settings.folder(), journal.reader(), settings.files);
        if (report.open() == 0) {
            exportIfNew();
        }
        if (report.end() == JobReport.End.FINISHED) {
            LOG.info("{}", report.summary());
        } else {
            LOG.warn("{}", report.summary());
        }
        return report;
    }

    /** Models in groups that fit into the memory budget side by side, in the order given. */
    private List<List<JobModel>> together() {
        List<List<JobModel>> groups = new ArrayList<>();
        List<JobModel> group = new ArrayList<>();
        long left = settings.run.memoryBudget();
        for (JobModel model : settings.models) {
            if (model.memoryBytes() > left) {
                groups.add(group);
                group = new ArrayList<>();
                left = settings.run.memoryBudget();
            }
            group.add(model);
            left -= model.memoryBytes();
        }
        groups.add(group);
        return groups;
    }

    private JobReport report(StartReport start) {
        JournalCounts counts = journal.reader().counts();
        long done = counts.in(CallState.DONE);
        long failed = counts.in(CallState.FAILED);
        long held = counts.in(CallState.HELD);
        long open = counts.calls() - done - failed - held;
        StopSignal.Reason reason = stop.reason();
        if (reason == null && open > 0) {
            throw new JournalException(
                    "the journal counts " + open + " calls that no row asks for: it is damaged; restore a copy of it",
                    null);
        }
        if (reason == null || open == 0) {
            reason = new StopSignal.Reason(JobReport.End.FINISHED, "The job is finished.", null);
        }
        return new JobReport(
                settings.folder(), start, reason.end(), reason.text(), reason.cause(), done, failed, held, open);
    }

    /** A finished job that is run again has nothing to write, unless somebody took the file away. */
    private void exportIfNew() {
        JournalCounts counts = journal.reader().counts();
        String state = counts.states() + " of " + counts.rows() + " rows, " + settings.format + " "
                + settings.keepIncompleteRows;
        boolean there = Files.exists(plan().records());
        if (!there || !state.equals(journal.reader().meta(EXPORTED).orElse(""))) {
            export();
            journal.write(List.of(new JournalEntry.Meta(EXPORTED, state)));
        }
    }

    long export() {
        FailureList.write(settings.folder(), journal.reader(), settings.files);
        return new Export(plan(), journal.reader(), settings.files).write();
    }

    private ExportPlan plan() {
        return new ExportPlan(
                settings.folder(),
                settings.format == OutputFormat.ORIGINAL_ARRAY,
                settings.samples,
                settings.keepIncompleteRows,
                new Prompts(settings)::response);
    }

    private void log(StartReport start) {
        LOG.info(
                "{} calls of {} rows: {} done, {} failed, {} held, {} possibly paid without an answer ({})",
                start.calls(),
                start.rows(),
                start.done(),
                start.failed(),
                start.held(),
                start.possiblyPaid().size(),
                settings.run.possiblyPaid());
        start.possiblyPaid().stream()
                .limit(NAMED_IN_LOG)
                .forEach(call -> LOG.warn("possibly paid, no answer kept: {}", call));
    }
}
