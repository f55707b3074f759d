package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import java.util.function.Function;

/** A generator that breaks one promise, and the test, by the name of its method, that must fail. */
record Mutant(String name, String caughtBy, Function<GeneratorOptions, Generator> opens) {
    static Mutant mutant(String name, String caughtBy, Function<GeneratorOptions, Generator> opens) {
        return new Mutant(name, caughtBy, opens);
    }

    @Override
    public String toString() {
        return name;
    }
}
