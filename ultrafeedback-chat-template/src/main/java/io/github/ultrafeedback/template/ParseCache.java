package io.github.ultrafeedback.template;

import io.github.ultrafeedback.template.internal.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of the sources parsed last. Thread-safe. */
final class ParseCache {
    private static final int MOST = 64;

    /** Longer sources are not worth the memory: real templates stay far below. */
    private static final int LONGEST = 200_000;

    private final Map<String, Program> programs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Program> eldest) {
            return size() > MOST;
        }
    };

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
                programs.put(source, parsed);
            }
        }
        return parsed;
    }
}
