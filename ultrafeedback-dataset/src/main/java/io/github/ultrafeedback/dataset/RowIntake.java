package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.journal.Checksums;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry;
import io.github.ultrafeedback.dataset.internal.journal.JournalReader;
import io.github.ultrafeedback.dataset.internal.json.BadRowException;
import io.github.ultrafeedback.dataset.internal.json.RowFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives a row its id and its models, or says why it is of no use. */
final class RowIntake {
    private static final int HASH_IN_ID = 12;

    private final JobSettings settings;
    private final JournalReader reader;
    private final Map<String, Long> unwritten = new HashMap<>();

    RowIntake(JobSettings settings, JournalReader reader) {
        this.settings = settings;
        this.reader = reader;
    }

    /** What to write for a row: the row, and a failure if it is of no use. */
    List<JournalEntry> entries(long index, RowSource.RawRow raw) {
        JournalEntry.NewRow row = row(index, raw);
        return row.problem() == null
                ? List.of(row)
                : List.of(
                        row,
                        new JournalEntry.BadRow(
                                index, row.problem(), settings.clock.instant().toString()));
    }

    private JournalEntry.NewRow row(long index, RowSource.RawRow raw) {
        String hash = Checksums.hash(raw.text());
        String derived = index + "-" + hash.substring(0, HASH_IN_ID);
        try {
            if (raw.problem() != null) {
                throw new BadRowException(raw.problem());
            }
            RowFields fields = RowFields.read(raw.text(), settings.idField);
            String id = fields.id() == null ? derived : fields.id();
            refuseSecond(id);
            List<String> models = settings.choice.choose(settings.models, settings.seed, id, fields);
            return row(index, id, hash, raw.text(), models, null);
        } catch (BadRowException e) {
            return row(index, derived, hash, raw.text(), List.of(), e.getMessage());
        }
    }

    private JournalEntry.NewRow row(
            long index, String id, String hash, String text, List<String> models, @Nullable String problem) {
        unwritten.put(id, index);
        return new JournalEntry.NewRow(index, id, hash, text, models, models.size() * settings.samples, problem);
    }

    private void refuseSecond(String id) throws BadRowException {
        if (settings.idField == null) {
            return; // derived ids hold the index
        }
        Optional<Long> first = Optional.ofNullable(unwritten.get(id)).or(() -> reader.indexOf(id));
        if (first.isPresent()) {
            throw new BadRowException(
                    settings.idField + " must be unique, got the id of row " + first.get() + " again");
        }
    }

    /** The rows so far are in the journal, where their ids are found from now on. */
    void written() {
        unwritten.clear();
    }
}
