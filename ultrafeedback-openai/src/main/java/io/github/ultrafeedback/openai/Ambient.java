package io.github.ultrafeedback.openai;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** What the generator takes from its surroundings: time, chance and environment variables. Tests bring their own. */
record Ambient(Time time, RandomGenerator random, Map<String, String> environment) {
    static Ambient system() {
        return new Ambient(new SystemTime(), new SharedRandom(), System.getenv());
    }

    /** Each thread draws from a generator of its own. */
    private static final class SharedRandom implements RandomGenerator {
        @Override
        public long nextLong() {
            return ThreadLocalRandom.current().nextLong();
        }
    }
}
