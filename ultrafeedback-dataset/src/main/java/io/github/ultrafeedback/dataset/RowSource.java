package io.github.ultrafeedback.dataset;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of an input as text, one after the other. */
interface RowSource extends AutoCloseable {

    /** Starts at the first row. */
    @FunctionalInterface
    interface Opener {
        RowSource open() throws IOException;
    }

    /**
     * A row that was not looked into.
     *
     * @param text one line
     * @param problem why the text cannot even be looked into, or null
     */
    record RawRow(String text, @Nullable String problem) {
        /** Does not show the text. */
        @Override
        public String toString() {
            return "RawRow[chars=" + text.length() + "]";
        }
    }

    /** The next row, or null after the last. */
    @Nullable RawRow next() throws IOException;

    @Override
    void close() throws IOException;
}
