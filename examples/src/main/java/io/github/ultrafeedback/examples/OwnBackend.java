package io.github.ultrafeedback.examples;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import java.util.List;

/** Uses a backend of one's own, {@link ReverseProvider}, found by {@link java.util.ServiceLoader}. */
public final class OwnBackend {
    private OwnBackend() {}

    /**
     * Runs the example.
     *
     * @param args not read
     */
    public static void main(String[] args) {
        try (Generator generator = Generators.forModel("reverse:demo")) {
            for (Completion completion : generator.generate(List.of(Prompt.of("Hello"), Prompt.of("level")))) {
                System.out.println(completion.text());
            }
        }
    }
}
