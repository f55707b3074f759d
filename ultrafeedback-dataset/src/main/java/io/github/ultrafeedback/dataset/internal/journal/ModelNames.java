package io.github.ultrafeedback.dataset.internal.journal;

import java.util.List;

/** A list of model names in one column, a name a line. */
final class ModelNames {
    private ModelNames() {}

    static String join(List<String> names) {
        return String.join("\n", names);
    }

    static List<String> split(String column) {
        return column.isEmpty() ? List.of() : List.of(column.split("\n", -1));
    }
}
