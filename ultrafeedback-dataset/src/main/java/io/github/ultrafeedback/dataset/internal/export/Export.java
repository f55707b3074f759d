package io.github.ultrafeedback.dataset.internal.export;

import io.github.ultrafeedback.dataset.error.JobFileException;
import io.github.ultrafeedback.dataset.error.JournalException;
import io.github.ultrafeedback.dataset.internal.files.AtomicFile;
import io.github.ultrafeedback.dataset.internal.files.JobFiles;
import io.github.ultrafeedback.dataset.internal.journal.CallAddress;
import io.github.ultrafeedback.dataset.internal.journal.JournalReader;
import io.github.ultrafeedback.dataset.internal.journal.StoredAnswer;
import io.github.ultrafeedback.dataset.internal.journal.StoredCall;
import io.github.ultrafeedback.dataset.internal.journal.StoredRow;
import io.github.ultrafeedback.dataset.internal.json.JsonText;
import io.github.ultrafeedback.dataset.internal.json.KeptAnswer;
import io.github.ultrafeedback.dataset.internal.json.RecordJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the records, in order of the input, and a line of provenance for each completion in them. Reads the journal
 * alone, a page at a time. Both files appear whole or not at all.
 */
public final class Export {
    private static final int PAGE = 128;

    private final ExportPlan plan;
    private final JournalReader reader;
    private final JobFiles files;
    private long records;

    /**
     * Prepares an export.
     *
     * @param plan what to write
     * @param reader the journal
     * @param files the file system
     */
    public Export(ExportPlan plan, JournalReader reader, JobFiles files) {
        this.plan = plan;
        this.reader = reader;
        this.files = files;
    }

    /**
     * Writes both files.
     *
     * @return how many records were written
     * @throws JobFileException if a file could not be written; the old ones stand then
     * @throws JournalException if the journal cannot be read, or an answer in it is not as it was written
     */
    public long write() {
        Path provenance = plan.folder().resolve("provenance.jsonl");
        try (AtomicFile recordsFile = new AtomicFile(files, plan.records());
                AtomicFile provenanceFile = new AtomicFile(files, provenance)) {
            long next = 0;
            for (List<StoredRow> page = reader.rows(next, PAGE); !page.isEmpty(); page = reader.rows(next, PAGE)) {
                next = page.get(page.size() - 1).index() + 1;
                write(page, recordsFile, provenanceFile);
            }
            if (plan.array()) {
                text(recordsFile, records == 0 ? "[]" : "\n]");
            }
            recordsFile.commit();
            provenanceFile.commit();
            return records;
        } catch (IOException e) {
            throw new JobFileException(
                    "the records could not be written to folder " + plan.folder() + " ("
                            + e.getClass().getSimpleName()
                            + "); see to its room and permissions, then export again: the answers are in the journal",
                    e);
        }
    }

    private void write(List<StoredRow> page, AtomicFile recordsFile, AtomicFile provenanceFile) throws IOException {
        long first = page.get(0).index();
        long last = page.get(page.size() - 1).index();
        Map<CallAddress, StoredAnswer> answers = reader.answers(first, last);
        Map<CallAddress, StoredCall> calls = reader.calls(first, last);
        for (StoredRow row : page) {
            for (int sample = 0; sample < plan.samples(); sample++) {
                List<StoredAnswer> given = answersTo(row, sample, answers);
                if (!given.isEmpty()
                        && (plan.keepIncompleteRows()
                                || given.size() == row.models().size())) {
                    write(row, given, calls, recordsFile, provenanceFile);
                }
            }
        }
    }

    private static List<StoredAnswer> answersTo(StoredRow row, int sample, Map<CallAddress, StoredAnswer> answers) {
        List<StoredAnswer> given = new ArrayList<>();
        for (String model : row.models()) {
            StoredAnswer answer = answers.get(new CallAddress(row.index(), model, sample));
            if (answer != null) {
                if (!answer.intact()) {
                    throw new JournalException(
                            "the answer of " + model + " to row " + row.id()
                                    + " is not as it was written: the journal is damaged; restore a copy of it",
                            null);
                }
                given.add(answer);
            }
        }
        return given;
    }

    private void write(
            StoredRow row,
            List<StoredAnswer> given,
            Map<CallAddress, StoredCall> calls,
            AtomicFile recordsFile,
            AtomicFile provenanceFile)
            throws IOException {
        List<RecordJson.Completed> completions = new ArrayList<>();
        for (StoredAnswer answer : given) {
            String model = answer.call().model();
            KeptAnswer kept = KeptAnswer.read(answer.raw());
            String response = plan.response().of(model, kept);
            completions.add(new RecordJson.Completed(model, answer.principle(), answer.system(), response));
            StoredCall call = calls.get(answer.call());
            text(
                    provenanceFile,
                    ProvenanceJson.line(row.id(), answer.call(), kept, call == null ? 1 : call.asked()) + "\n");
        }
        StringBuilder out = new StringBuilder();
        if (plan.array()) {
            out.append(records == 0 ? "[\n    " : ",\n    ");
        }
        JsonText.Style style = plan.array() ? JsonText.Style.PYTHON : JsonText.Style.LINE;
        RecordJson.write(reader.json(row), completions, new JsonText(out, style, 1));
        if (!plan.array()) {
            out.append('\n');
        }
        text(recordsFile, out.toString());
        records++;
    }

    private static void text(AtomicFile file, String text) throws IOException {
        file.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
