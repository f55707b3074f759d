package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.journal.CallAddress;
import io.github.ultrafeedback.dataset.internal.journal.CallState;
import io.github.ultrafeedback.dataset.internal.journal.Journal;
import io.github.ultrafeedback.dataset.internal.journal.JournalCounts;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry;
import io.github.ultrafeedback.dataset.internal.journal.StoredRow;
import io.github.ultrafeedback.error.Certainty;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the calls that an earlier run left in flight, names them, and does with them what the policy says. Those to be
 * asked again stay marked until they end: if this run dies before, the next one names them again.
 */
final class Recovery {
    private final JobSettings settings;
    private final Journal journal;

    Recovery(JobSettings settings, Journal journal) {
        this.settings = settings;
        this.journal = journal;
    }

    StartReport run() {
        List<CallAddress> lost = new ArrayList<>(journal.reader().callsIn(CallState.INTENDED));
        if (settings.run.possiblyPaid() != PossiblyPaid.HOLD) { // then those held before are let go
            lost.addAll(journal.reader().callsIn(CallState.HELD));
        }
        List<Call> named = lost.stream().map(this::call).toList();
        String now = settings.clock.instant().toString();
        List<JournalEntry> entries = new ArrayList<>();
        entries.add(new JournalEntry.Event(now, "start", "possibly paid: " + lost.size()));
        for (int i = 0; i < lost.size(); i++) {
            Call call = named.get(i);
            entries.add(new JournalEntry.Event(
                    now,
                    "possibly-paid",
                    settings.run.possiblyPaid() + " row " + call.rowId() + " model " + call.model() + " sample "
                            + call.sample()));
            entries.add(resolved(lost.get(i), now));
        }
        journal.write(entries);
        JournalCounts counts = journal.reader().counts();
        return new StartReport(
                counts.rows(),
                counts.badRows(),
                counts.calls(),
                counts.in(CallState.DONE),
                counts.in(CallState.FAILED),
                counts.in(CallState.HELD),
                named);
    }

    private JournalEntry resolved(CallAddress call, String now) {
        return switch (settings.run.possiblyPaid()) {
            case ASK_AGAIN -> new JournalEntry.State(call, CallState.INTENDED);
            case HOLD -> new JournalEntry.State(call, CallState.HELD);
            case FAIL ->
                new JournalEntry.Failure(
                        call,
                        "PossiblyPaid",
                        "The process died while this call was in flight: it was possibly paid for, and no answer was"
                                + " kept. retryFailed asks it again.",
                        Certainty.MAYBE_DONE.name(),
                        true,
                        now);
        };
    }

    private Call call(CallAddress address) {
        StoredRow row = journal.reader().rows(address.row(), 1).get(0);
        return new Call(row.id(), address.model(), address.sample());
    }
}
