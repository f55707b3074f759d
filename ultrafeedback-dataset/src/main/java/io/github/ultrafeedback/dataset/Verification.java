package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.dataset.internal.journal.CallState;
import io.github.ultrafeedback.dataset.internal.journal.JournalReader;
import io.github.ultrafeedback.dataset.internal.journal.StoredAnswer;
import io.github.ultrafeedback.dataset.internal.journal.StoredRow;
import io.github.ultrafeedback.dataset.internal.json.KeptAnswer;
import io.github.ultrafeedback.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/** Asks some calls again, one model after the other, and compares. Writes nothing. */
final class Verification {
    private static final String PURPOSE = "verify";

    private final JobSettings settings;
    private final JournalReader reader;
    private final CallRequests requests;
    private final List<Call> different = new ArrayList<>();
    private final List<Call> unanswered = new ArrayList<>();
    private long compared;

    Verification(JobSettings settings, JournalReader reader) {
        this.settings = settings;
        this.reader = reader;
        this.requests = new CallRequests(settings, reader);
    }

    VerifyReport run(JobModel model, int calls) {
        List<StoredAnswer> sample = reader.sample(model.id(), Seeds.derive(settings.seed, PURPOSE), calls);
        List<Call> named = new ArrayList<>();
        List<GenerationRequest> again = new ArrayList<>();
        for (StoredAnswer answer : sample) {
            StoredRow row = reader.rows(answer.call().row(), 1).get(0);
            PlannedCall call = requests.call(row, requests.fields(row), answer.call(), CallState.DONE);
            named.add(new Call(row.id(), model.id(), answer.call().sample()));
            again.add(call.request());
        }
        try (Generator generator = Lanes.open(settings, model)) {
            List<Outcome> outcomes = generator.generateEach(again);
            for (int i = 0; i < outcomes.size(); i++) {
                compare(named.get(i), KeptAnswer.read(sample.get(i).raw()), outcomes.get(i));
            }
        }
        return new VerifyReport(compared, different, unanswered);
    }

    private void compare(Call call, KeptAnswer kept, Outcome outcome) {
        if (!(outcome instanceof Outcome.Success success)) {
            unanswered.add(call);
            return;
        }
        Completion completion = success.completion();
        compared++;
        boolean equal = completion.text().equals(kept.text())
                && completion.choices().get(0).tokenIds().equals(kept.tokenIds());
        if (!equal) {
            different.add(call);
        }
    }
}
