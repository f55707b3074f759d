package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.journal.CallAddress;
import io.github.ultrafeedback.dataset.internal.journal.CallState;
import io.github.ultrafeedback.dataset.internal.journal.JournalReader;
import io.github.ultrafeedback.dataset.internal.journal.StoredCall;
import io.github.ultrafeedback.dataset.internal.journal.StoredRow;
import io.github.ultrafeedback.dataset.internal.json.RowFields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls that some models have left to make, row by row, read from the journal as they are asked for. A row is read
 * once and before its calls are made, so that what is intended then was so in an earlier run.
 */
final class CallPlan {
    private static final int PAGE = 64;

    private final JobSettings settings;
    private final JournalReader reader;
    private final Set<String> models;
    private final CallRequests requests;
    private final Deque<StoredRow> rows = new ArrayDeque<>();
    private Map<CallAddress, StoredCall> known = Map.of();
    private long nextRow;
    private boolean exhausted;

    CallPlan(JobSettings settings, JournalReader reader, Set<String> models) {
        this.settings = settings;
        this.reader = reader;
        this.models = models;
        this.requests = new CallRequests(settings, reader);
    }

    /** The calls of the next row that has some for these models, or null after the last row. */
    @Nullable List<PlannedCall> next() {
        while (!rows.isEmpty() || readPage()) {
            List<PlannedCall> calls = calls(rows.remove());
            if (!calls.isEmpty()) {
                return calls;
            }
        }
        return null;
    }

    private boolean readPage() {
        if (!exhausted) {
            List<StoredRow> page = reader.openRows(nextRow, PAGE);
            exhausted = page.size() < PAGE;
            if (!page.isEmpty()) {
                rows.addAll(page);
                nextRow = page.get(page.size() - 1).index() + 1;
                known = reader.calls(page.get(0).index(), nextRow - 1);
            }
        }
        return !rows.isEmpty();
    }

    private List<PlannedCall> calls(StoredRow row) {
        List<PlannedCall> calls = new ArrayList<>();
        RowFields fields = null;
        for (String model : row.models()) {
            for (int sample = 0; models.contains(model) && sample < settings.samples; sample++) {
                CallAddress address = new CallAddress(row.index(), model, sample);
                StoredCall before = known.get(address);
                CallState state = before == null ? CallState.PLANNED : before.state();
                if (state == CallState.PLANNED || state == CallState.INTENDED) {
                    fields = fields == null ? requests.fields(row) : fields;
                    calls.add(requests.call(row, fields, address, state));
                }
            }
        }
        return calls;
    }
}
