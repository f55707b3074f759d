package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.error.JobChangedException;
import io.github.ultrafeedback.dataset.error.JobInputException;
import io.github.ultrafeedback.dataset.internal.journal.Checksums;
import io.github.ultrafeedback.dataset.internal.journal.Journal;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry;
import io.github.ultrafeedback.dataset.internal.journal.StoredRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the input into the journal, or sees that it is what the journal holds. After it the journal has all rows with
 * their models, and the input is not needed any more. A run that died half way goes on where it stopped.
 *
 * <p>A file that has the hash it had is not read again row by row.
 */
final class Ingest {
    private static final String SETTING = "setting.";
    private static final String ROWS = "input.rows";
    private static final String FINGERPRINT = "input.sha256";
    private static final int PAGE = 1000;

    private final JobSettings settings;
    private final Journal journal;
    private final RowIntake intake;
    private final List<JournalEntry> batch = new ArrayList<>();

    Ingest(JobSettings settings, Journal journal) {
        this.settings = settings;
        this.journal = journal;
        this.intake = new RowIntake(settings, journal.reader());
    }

    void run() {
        checkSettings();
        Path file = settings.input().file();
        try {
            String fingerprint = file == null ? null : fingerprint(file);
            boolean complete = journal.reader().meta(ROWS).isPresent();
            boolean same = fingerprint != null
                    && fingerprint.equals(journal.reader().meta(FINGERPRINT).orElse(null));
            if (!complete || !same) {
                readRows(fingerprint);
            }
        } catch (IOException e) {
            throw new JobInputException(
                    "the input" + (file == null ? "" : " " + file) + " could not be read to its end ("
                            + e.getClass().getSimpleName() + "); nothing was asked",
                    e);
        }
    }

    private void checkSettings() {
        Map<String, String> now = settings.identity();
        Map<String, String> before = journal.reader().metas(SETTING);
        if (before.isEmpty()) {
            List<JournalEntry> entries = new ArrayList<>();
            now.forEach((name, value) -> entries.add(new JournalEntry.Meta(SETTING + name, value)));
            journal.write(entries);
            return;
        }
        now.forEach((name, value) -> {
            String old = before.get(SETTING + name);
            if (!value.equals(old)) {
                throw new JobChangedException(
                        "setting '" + name + "' must be the same as in the first run, which had " + old + ", got "
                                + value + "; set it back, or take another folder",
                        null);
            }
        });
    }

    private void readRows(@Nullable String fingerprint) throws IOException {
        long known = journal.reader().meta(ROWS).map(Long::parseLong).orElse(-1L);
        long index = 0;
        long stored = journal.reader().counts().rows();
        List<StoredRow> page = List.of();
        try (RowSource rows = settings.input().open()) {
            for (RowSource.RawRow raw = rows.next(); raw != null; raw = rows.next()) {
                if (index < stored) {
                    int place = (int) (index % PAGE);
                    page = place == 0 ? journal.reader().rows(index, PAGE) : page;
                    compare(page.get(place), raw);
                } else {
                    add(index, raw, known);
                }
                index++;
            }
        }
        if (index < stored) {
            throw new JobChangedException(
                    "the input must have the " + stored + " rows that the journal holds, got " + index + ": row "
                            + index + " is the first that is missing; give the whole input",
                    null);
        }
        batch.add(new JournalEntry.Meta(ROWS, Long.toString(index)));
        if (fingerprint != null) {
            batch.add(new JournalEntry.Meta(FINGERPRINT, fingerprint));
        }
        journal.write(batch);
    }

    private void add(long index, RowSource.RawRow raw, long known) {
        if (known >= 0 && !settings.run.acceptAdditions()) {
            throw new JobChangedException(
                    "the input must have the " + known + " rows of the first run, got more: row " + index
                            + " is the first that is new; take RunOptions.withAdditions() to let them in",
                    null);
        }
        batch.addAll(intake.entries(index, raw));
        if (batch.size() >= PAGE) {
            journal.write(batch);
            batch.clear();
            intake.written();
        }
    }

    private static void compare(StoredRow stored, RowSource.RawRow raw) {
        if (!stored.hash().equals(Checksums.hash(raw.text()))) {
            throw new JobChangedException(
                    "row " + stored.index() + " (id " + stored.id()
                            + ") must be the same as in the first run, got another text: it is the first that"
                            + " differs; give the old input, or take another folder",
                    null);
        }
    }

    private static String fingerprint(Path file) throws IOException {
        MessageDigest digest = Checksums.sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
