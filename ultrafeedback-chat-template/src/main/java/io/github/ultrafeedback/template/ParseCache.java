package io.github.ultrafeedback.template;

import io.github.ultrafeedback.template.internal.Program;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of the sources parsed last. Thread-safe. */
final class ParseCache {
    private static final int MOST = 64;

    /** Characters of all sources together: a program takes up to a hundred times the memory of its source. */
    private static final int MOST_CHARS = 1_000_000;

    /** Longer sources are not worth the memory: real templates stay far below. */
    private static final int LONGEST = 200_000;

    private final Map<String, Program> programs = new LinkedHashMap<>(16, 0.75f, true);
    private int chars;

    Program program(String source) {
        synchronized (programs) {
            Program known = programs.get(source);
            if (known != null) {
                return known;
            }
        }
        Program parsed = Program.parse(source);
        if (source.length() <= LONGEST) {
            synchronized (programs) {
                keep(source, parsed);
            }
        }
        return parsed;
    }

    private void keep(String source, Program parsed) {
        if (programs.put(source, parsed) == null) {
            chars += source.length();
        }
        for (Iterator<String> eldest = programs.keySet().iterator(); programs.size() > MOST || chars > MOST_CHARS; ) {
            chars -= eldest.next().length();
            eldest.remove();
        }
    }

    /** Characters of the sources kept now. */
    int chars() {
        synchronized (programs) {
            return chars;
        }
    }
}
