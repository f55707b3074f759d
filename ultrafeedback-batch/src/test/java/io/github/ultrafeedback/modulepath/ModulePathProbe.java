package io.github.ultrafeedback.modulepath;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import java.util.List;

/**
 * Runs in a JVM of its own that has our modules on its module path; prints what it found. Its package is none of
 * theirs, since a package of a module cannot be on the class path too.
 */
final class ModulePathProbe {
    private ModulePathProbe() {}

    public static void main(String[] args) {
        SamplingParams params = SamplingParams.builder().maxTokens(4).build();
        try (Generator generator = Generators.forModel("batch:" + args[0])) {
            int tokens = generator
                    .generate(List.of(Prompt.of("Hello")), params)
                    .get(0)
                    .usage()
                    .completionTokens();
            System.out.println("modules " + Generators.class.getModule().getName() + " "
                    + generator.getClass().getModule().getName() + ", tokens " + (tokens > 0));
        }
    }
}
