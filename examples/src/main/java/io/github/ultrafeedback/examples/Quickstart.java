package io.github.ultrafeedback.examples;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Answers the prompts of a file, one a line, with a model that ships with the repository. No key, no network.
 *
 * <p>Usage: {@code Quickstart [prompts.txt [model]]}; by default {@code prompts.txt} and the embedded model, both
 * beside the working directory of the examples.
 */
public final class Quickstart {
    private static final String MODEL = "onnx:models/ultrafeedback-tiny";

    private Quickstart() {}

    /**
     * Runs the example.
     *
     * @param args the file with the prompts and the model; both optional
     * @throws IOException if the file cannot be read
     */
    public static void main(String[] args) throws IOException {
        run(args, System.out);
    }

    static void run(String[] args, PrintStream out) throws IOException {
        Path file = Path.of(args.length > 0 ? args[0] : "prompts.txt");
        String model = args.length > 1 ? args[1] : MODEL;
        List<String> questions = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .toList();
        List<Prompt> prompts = questions.stream().map(Prompt::of).toList();
        SamplingParams params = SamplingParams.builder().maxTokens(160).seed(7).build();
        try (Generator generator = Generators.forModel(model)) {
            long start = System.nanoTime();
            List<Completion> completions = generator.generate(prompts, params);
            double seconds = (System.nanoTime() - start) / 1e9;
            for (int i = 0; i < completions.size(); i++) {
                print(questions.get(i), completions.get(i), out);
            }
            int tokens = completions.stream()
                    .mapToInt(completion -> completion.usage().completionTokens())
                    .sum();
            out.printf("%d prompts, %d tokens, %.0f tokens/s%n", prompts.size(), tokens, tokens / seconds);
        }
    }

    private static void print(String question, Completion completion, PrintStream out) {
        out.println("> " + question);
        out.println(completion.text());
        out.printf(
                "[finish reason %s, %d tokens]%n%n",
                completion.finishReason(), completion.usage().completionTokens());
    }
}
