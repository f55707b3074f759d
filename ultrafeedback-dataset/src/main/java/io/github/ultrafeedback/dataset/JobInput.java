package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.json.RowTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the rows of a job come from. Read once in each run, lazily; must give the same rows each time. */
public final class JobInput {
    private final RowSource.Opener opener;
    private final @Nullable Path file;

    private JobInput(RowSource.Opener opener, @Nullable Path file) {
        this.opener = opener;
        this.file = file;
    }

    /**
     * A file with a JSON object a line, in UTF-8. Blank lines are skipped; a line that is no row fails alone.
     *
     * @param file the file
     * @return the input
     */
    public static JobInput jsonl(Path file) {
        Objects.requireNonNull(file, "file must not be null");
        return new JobInput(() -> new JsonlRows(file), file);
    }

    /**
     * A file that is one JSON array of rows, as the original writes. An element that is no row fails alone; text that
     * is no JSON ends the job, since what comes after it cannot be read.
     *
     * @param file the file
     * @return the input
     */
    public static JobInput array(Path file) {
        Objects.requireNonNull(file, "file must not be null");
        return new JobInput(() -> new ArrayRows(file), file);
    }

    /**
     * Rows of the caller's.
     *
     * @param rows read by the thread that runs the job
     * @return the input
     */
    public static JobInput rows(Iterable<Row> rows) {
        Objects.requireNonNull(rows, "rows must not be null");
        return new JobInput(() -> new ValueRows(rows.iterator()), null);
    }

    RowSource open() throws IOException {
        return opener.open();
    }

    /** The file behind the input, or null if there is none. */
    @Nullable Path file() {
        return file;
    }

    private record ValueRows(Iterator<Row> rows) implements RowSource {
        @Override
        public RowSource.@Nullable RawRow next() {
            return rows.hasNext() ? new RawRow(RowTexts.of(rows.next().fields()), null) : null;
        }

        @Override
        public void close() {}
    }
}
