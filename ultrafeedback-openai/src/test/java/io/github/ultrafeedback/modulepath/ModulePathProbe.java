package io.github.ultrafeedback.modulepath;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.openai.OpenAiSettings;
import java.util.List;

/**
 * Runs in a JVM of its own that has our modules on its module path; prints what it found. Its package is none of
 * theirs, since a package of a module cannot be on the class path too.
 */
final class ModulePathProbe {
    private ModulePathProbe() {}

    public static void main(String[] args) {
        OpenAiSettings settings =
                OpenAiSettings.builder().apiKey("sk-test").baseUrl(args[0]).build();
        GeneratorOptions options = GeneratorOptions.builder().settings(settings).build();
        try (Generator generator = Generators.forModel("gpt-4", options)) {
            String text = generator.generate(List.of(Prompt.of("Hello"))).get(0).text();
            System.out.println("modules " + Generators.class.getModule().getName() + " "
                    + generator.getClass().getModule().getName() + ", text " + text);
        }
    }
}
