package io.github.ultrafeedback.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the input, given as Java values. Fields that the job does not know go into the record as they are.
 *
 * @param fields names and values in order; {@code instruction} must be among them for the row to be of use. Values are
 *     texts, finite numbers, booleans, collections, maps and null
 */
public record Row(Map<String, @Nullable Object> fields) {
    /**
     * Copies the fields.
     *
     * @throws NullPointerException if {@code fields} is null
     */
    public Row {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * A row of one instruction.
     *
     * @param source the data set that it is from; decides which principles are drawn
     * @param instruction what is asked; not empty
     * @return the row
     */
    public static Row of(String source, String instruction) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("source", source);
        fields.put("instruction", instruction);
        return new Row(fields);
    }

    /** Names the fields without their values, which must not reach a log. */
    @Override
    public String toString() {
        return "Row" + fields.keySet();
    }
}
