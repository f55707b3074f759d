package io.github.ultrafeedback.dataset.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as text: from the members of an array file, one after the other, and from Java values. */
public final class RowTexts {
    private RowTexts() {}

    /** The elements of one JSON array, read lazily. Not thread-safe. */
    public static final class ArrayReader implements AutoCloseable {
        private final JsonParser parser;

        /**
         * Reads up to the opening bracket.
         *
         * @param in the file; closed with this reader
         * @throws IOException if it does not begin with an array
         */
        public ArrayReader(InputStream in) throws IOException {
            this.parser = JsonReading.FACTORY.createParser(in);
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                parser.close();
                throw new IOException("the file must hold one JSON array; read it as JSONL if it has a row a line");
            }
        }

        /**
         * Reads the next element.
         *
         * @return its text in one line, or null after the last
         * @throws IOException if the file is cut or no JSON
         */
        public @Nullable String next() throws IOException {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new IOException("the array is not closed: the file is cut");
            }
            if (token == JsonToken.END_ARRAY) {
                return null;
            }
            JsonText text = new JsonText(JsonText.Style.LINE);
            JsonReading.copy(parser, text);
            return text.toString();
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }

    /**
     * The text of a row that is given as Java values.
     *
     * @param fields names and values: texts, numbers, booleans, collections, maps and null
     * @return the text in one line
     * @throws IllegalArgumentException if a value is of another type, or a number not finite
     */
    public static String of(Map<?, ?> fields) {
        JsonText out = new JsonText(JsonText.Style.LINE);
        write(out, fields);
        return out.toString();
    }

    private static void write(JsonText out, @Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            out.literal(String.valueOf(value));
        } else if (value instanceof CharSequence text) {
            out.string(text.toString());
        } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            out.number(number.toString());
        } else if (value instanceof Map<?, ?> map) {
            out.open('{');
            map.forEach((name, member) -> write(out.name(String.valueOf(name)), member));
            out.close('}');
        } else if (value instanceof Collection<?> list) {
            out.open('[');
            list.forEach(element -> write(out, element));
            out.close(']');
        } else {
            throw new IllegalArgumentException("fields must hold texts, finite numbers, booleans, collections, maps"
                    + " and null, got a " + value.getClass().getName());
        }
    }
}
