package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.json.RowTexts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Elements of a file that is one JSON array. */
final class ArrayRows implements RowSource {
    private final RowTexts.ArrayReader reader;

    ArrayRows(Path file) throws IOException {
        this.reader = new RowTexts.ArrayReader(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        String text = reader.next();
        return text == null ? null : new RawRow(text, null);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
