package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.batch.BatchGenerator;
import io.github.ultrafeedback.batch.BatchSettings;
import io.github.ultrafeedback.batch.BatchStats;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What copying a shared system text is worth: 200 prompts with the system text of Llama 2 in front, with and without.
 *
 * <p>Usage: {@code PrefixReuse <folder> [tokens of an answer]}. Prints a table: tokens computed, time to the first
 * token, time of the whole job; and whether both gave the same tokens.
 */
public final class PrefixReuse {
    private static final String SYSTEM = "You are a helpful, respectful and honest assistant."
            + " Always answer as helpfully as possible, while being safe."
            + "  Your answers should not include any harmful, unethical, racist, sexist, toxic, dangerous, or illegal content."
            + " Please ensure that your responses are socially unbiased and positive in nature.\n\n"
            + "If a question does not make any sense, or is not factually coherent, explain why instead of answering"
            + " something not correct. If you don't know the answer to a question, please don't share false information.";
    private static final int PROMPTS = 200;

    private PrefixReuse() {}

    /**
     * Runs the measurement.
     *
     * @param args the model's folder, and how many tokens an answer has: 32 by default
     */
    public static void main(String[] args) {
        int tokens = args.length > 1 ? Integer.parseInt(args[1]) : 32;
        System.out.println("reuse  prompt tokens computed  copied  first token s  whole job s");
        List<List<Integer>> without = run(args[0], tokens, false);
        List<List<Integer>> with = run(args[0], tokens, true);
        System.out.println("the same tokens: " + with.equals(without));
    }

    private static List<List<Integer>> run(String folder, int tokens, boolean reuse) {
        GeneratorOptions options = GeneratorOptions.builder()
                .settings(BatchSettings.builder().prefixReuse(reuse).build())
                .build();
        List<Prompt> prompts = IntStream.range(0, PROMPTS)
                .mapToObj(i -> Prompt.of(SYSTEM, "Name " + (i + 2) + " things that are " + i + " years old."))
                .toList();
        SamplingParams params = SamplingParams.builder()
                .seed(7)
                .ignoreEos(true)
                .maxTokens(tokens)
                .build();
        try (BatchGenerator generator = BatchGenerator.open(ModelRef.parse("batch:" + folder), options)) {
            long start = System.nanoTime();
            List<Completion> completions = generator.generate(prompts, params);
            double seconds = (System.nanoTime() - start) / 1e9;
            BatchStats stats = generator.stats();
            System.out.printf(
                    "%-5s  %22d  %6d  %13.2f  %11.2f%n",
                    reuse,
                    stats.promptTokens(),
                    stats.reusedTokens(),
                    stats.timeToFirstToken().toNanos() / 1e9,
                    seconds);
            return completions.stream()
                    .map(completion -> completion.choices().get(0).tokenIds())
                    .toList();
        }
    }
}
