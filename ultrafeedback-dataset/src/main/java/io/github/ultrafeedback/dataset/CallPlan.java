package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.dataset.internal.journal.CallAddress;
import io.github.ultrafeedback.dataset.internal.journal.CallState;
import io.github.ultrafeedback.dataset.internal.journal.JournalReader;
import io.github.ultrafeedback.dataset.internal.journal.StoredCall;
import io.github.ultrafeedback.dataset.internal.journal.StoredRow;
import io.github.ultrafeedback.dataset.internal.json.BadRowException;
import io.github.ultrafeedback.dataset.internal.json.RowFields;
import io.github.ultrafeedback.principle.Principle;
import io.github.ultrafeedback.seed.Seeds;
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
    private static final String NO_PRINCIPLE = "none";

    private final JobSettings settings;
    private final JournalReader reader;
    private final Set<String> models;
    private final Prompts prompts;
    private final Deque<StoredRow> rows = new ArrayDeque<>();
    private Map<CallAddress, StoredCall> known = Map.of();
    private long nextRow;
    private boolean exhausted;

    CallPlan(JobSettings settings, JournalReader reader, Set<String> models) {
        this.settings = settings;
        this.reader = reader;
        this.models = models;
        this.prompts = new Prompts(settings);
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
                    fields = fields == null ? fields(row) : fields;
                    calls.add(call(row, fields, address, state));
                }
            }
        }
        return calls;
    }

    private RowFields fields(StoredRow row) {
        try {
            return RowFields.read(reader.json(row), settings.idField);
        } catch (BadRowException e) {
            throw new IllegalStateException("row " + row.id() + " was of use when it was taken in", e);
        }
    }

    private PlannedCall call(StoredRow row, RowFields fields, CallAddress address, CallState state) {
        JobModel model = settings.model(address.model());
        Principle principle = prompts.principle(row.id(), fields, model.id());
        SamplingParams params = prompts.params(model);
        if (prompts.seeded(model)) {
            params = params.withSeed(
                    Seeds.derive(settings.seed, row.id(), model.id(), Integer.toString(address.sample())));
        }
        String promptId = row.id() + "/" + model.id() + "/" + address.sample();
        return new PlannedCall(
                address,
                principle == null ? NO_PRINCIPLE : principle.category().wireName(),
                principle == null ? "" : principle.text(),
                GenerationRequest.of(prompts.prompt(model, fields, principle).withId(promptId), params),
                state == CallState.INTENDED);
    }
}
