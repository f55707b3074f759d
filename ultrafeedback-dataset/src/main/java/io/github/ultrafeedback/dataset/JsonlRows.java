package io.github.ultrafeedback.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Lines of a file. Cut at the byte level, so that bytes that are no UTF-8 spoil their own line only. */
final class JsonlRows implements RowSource {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int next;
    private int end;
    private boolean first = true;

    JsonlRows(Path file) throws IOException {
        this.in = Files.newInputStream(file);
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        while (readLine()) {
            RawRow row = row(line.toByteArray());
            if (!row.text().isEmpty()) {
                return row;
            }
        }
        return null;
    }

    private RawRow row(byte[] bytes) {
        String problem = null;
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            problem = "the line must be UTF-8, got other bytes";
            text = new String(bytes, StandardCharsets.UTF_8);
        }
        if (first && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        first = false;
        return new RawRow(text.strip(), problem);
    }

    /** False at the end of the file. */
    private boolean readLine() throws IOException {
        line.reset();
        boolean any = false;
        while (next < end || fill()) {
            any = true;
            int from = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            line.write(buffer, from, next - from);
            if (next < end) {
                next++;
                return true;
            }
        }
        return any;
    }

    private boolean fill() throws IOException {
        next = 0;
        end = in.read(buffer);
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
