package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.dataset.internal.journal.CallAddress;
import io.github.ultrafeedback.dataset.internal.journal.CallState;
import io.github.ultrafeedback.dataset.internal.journal.JournalReader;
import io.github.ultrafeedback.dataset.internal.journal.StoredRow;
import io.github.ultrafeedback.dataset.internal.json.BadRowException;
import io.github.ultrafeedback.dataset.internal.json.RowFields;
import io.github.ultrafeedback.principle.Principle;
import io.github.ultrafeedback.seed.Seeds;

/** What a call asks. The same call always asks the same, whenever and in whatever order it is made. */
final class CallRequests {
    private static final String NO_PRINCIPLE = "none";

    private final JobSettings settings;
    private final JournalReader reader;
    private final Prompts prompts;

    CallRequests(JobSettings settings, JournalReader reader) {
        this.settings = settings;
        this.reader = reader;
        this.prompts = new Prompts(settings);
    }

    RowFields fields(StoredRow row) {
        try {
            return RowFields.read(reader.json(row), settings.idField);
        } catch (BadRowException e) {
            throw new IllegalStateException("row " + row.id() + " was of use when it was taken in", e);
        }
    }

    PlannedCall call(StoredRow row, RowFields fields, CallAddress address, CallState state) {
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
