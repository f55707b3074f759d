package io.github.ultrafeedback.dataset.internal.export;

import io.github.ultrafeedback.dataset.error.JobFileException;
import io.github.ultrafeedback.dataset.internal.files.AtomicFile;
import io.github.ultrafeedback.dataset.internal.files.JobFiles;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry;
import io.github.ultrafeedback.dataset.internal.journal.JournalReader;
import io.github.ultrafeedback.dataset.internal.journal.StoredFailure;
import io.github.ultrafeedback.dataset.internal.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The dead letters: a line for each call that failed and was not asked again, and for each row that was no use. */
public final class FailureList {
    private static final int PAGE = 1000;

    private FailureList() {}

    /**
     * Writes {@code failures.jsonl}.
     *
     * @param folder where to
     * @param reader the journal
     * @param files the file system
     * @throws JobFileException if the file could not be written; the old one stands then
     */
    public static void write(Path folder, JournalReader reader, JobFiles files) {
        try (AtomicFile file = new AtomicFile(files, folder.resolve("failures.jsonl"))) {
            long after = 0;
            for (List<StoredFailure> page = reader.failures(after, PAGE);
                    !page.isEmpty();
                    page = reader.failures(after, PAGE)) {
                after = page.get(page.size() - 1).number();
                for (StoredFailure failure : page) {
                    file.write((line(failure) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            file.commit();
        } catch (IOException e) {
            throw new JobFileException(
                    "the list of failures could not be written to folder " + folder + " ("
                            + e.getClass().getSimpleName() + "); see to its room and permissions",
                    e);
        }
    }

    private static String line(StoredFailure failure) {
        JournalEntry.Failure entry = failure.entry();
        JsonText out = new JsonText(JsonText.Style.LINE).open('{');
        out.name("row").number(entry.call().row()).name("id").string(failure.rowId());
        out.name("model").string(entry.call().model());
        out.name("sample").number(entry.call().sample());
        out.name("type").string(entry.type()).name("message").string(entry.message());
        out.name("certainty").string(entry.certainty());
        out.name("retryable").literal(Boolean.toString(entry.retryable()));
        return out.name("at").string(entry.at()).close('}').toString();
    }
}
