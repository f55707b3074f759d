package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.batch.BatchGenerator;
import io.github.ultrafeedback.batch.BatchSettings;
import io.github.ultrafeedback.batch.BatchStats;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What it saves that prompts begin alike: UltraFeedback's prompts for Llama-2, which all begin with its system text,
 * with instructions of 20 to 134 tokens behind it, with reuse of prefixes and without. First each prompt alone, the
 * next when the one before is answered: time to the first token is then the work on the prompt. Then all at once, where
 * it has the waiting for a slot in it.
 *
 * <p>Usage: {@code PrefixReuse <model folder> [prompts] [tokens]}; 200 prompts and answers of 16 tokens by default.
 * Prints one table. The answers must be the same in all runs, or the program fails.
 */
public final class PrefixReuse {
    private static final int LEAST = 20;
    private static final int MOST = 134; // a mean of 77

    private final Path folder;
    private final List<GenerationRequest> requests = new ArrayList<>();
    private final List<List<Integer>> answers = new ArrayList<>();

    private PrefixReuse(Path folder, int prompts, int tokens) {
        this.folder = folder;
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            Random random = new Random(4);
            for (int i = 0; i < prompts; i++) {
                String instruction = Texts.ofTokens(tokenizer, random, LEAST + random.nextInt(MOST - LEAST + 1));
                requests.add(GenerationRequest.of(Prompt.of(instruction), JobLengths.exactly(tokens, i)));
            }
        }
    }

    /**
     * Runs the measurement.
     *
     * @param args model folder, prompts, tokens of an answer
     */
    public static void main(String[] args) {
        int prompts = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        int tokens = args.length > 2 ? Integer.parseInt(args[2]) : 16;
        PrefixReuse run = new PrefixReuse(Path.of(args[0]), prompts, tokens);
        System.out.println("| prompts come | reuse | prompt tokens computed | copied | hits | s"
                + " | first token, p50 ms | p99 ms |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (boolean together : new boolean[] {false, true}) {
            for (boolean reuse : new boolean[] {true, false}) {
                run.measure(together, reuse);
            }
        }
    }

    private void measure(boolean together, boolean reuse) {
        PromptFormat format = UltraFeedbackModels.find("llama-2-7b-chat")
                .flatMap(spec -> spec.format(PromptProfile.SANE))
                .orElseThrow();
        FirstTokens firstTokens = new FirstTokens();
        GeneratorOptions options = GeneratorOptions.builder()
                .promptFormat(format)
                .listener(firstTokens)
                .settings(BatchSettings.builder().prefixReuse(reuse).build())
                .build();
        try (BatchGenerator generator = BatchGenerator.open(ModelRef.parse("batch:" + folder), options)) {
            GenerationRequest warmUp = GenerationRequest.of(Prompt.raw("Hello to you"), JobLengths.exactly(40, 1));
            Answers.of(generator, Collections.nCopies(8, warmUp));
            BatchStats before = generator.stats();
            firstTokens.clear();
            long start = System.nanoTime();
            List<int[]> drawn = new ArrayList<>();
            if (together) {
                drawn.addAll(Answers.of(generator, requests));
            } else {
                requests.forEach(request -> drawn.addAll(Answers.of(generator, List.of(request))));
            }
            print(together, reuse, before, generator.stats(), firstTokens.millis(), System.nanoTime() - start);
            compare(drawn);
        }
    }

    private void compare(List<int[]> drawn) {
        List<List<Integer>> these = new ArrayList<>();
        for (int[] answer : drawn) {
            List<Integer> ids = new ArrayList<>();
            for (int id : answer) {
                ids.add(id);
            }
            these.add(ids);
        }
        if (answers.isEmpty()) {
            answers.addAll(these);
        } else if (!answers.equals(these)) {
            throw new IllegalStateException("answers differ from those of the first run");
        }
    }

    private static void print(
            boolean together, boolean reuse, BatchStats before, BatchStats after, List<Double> millis, long nanos) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %.1f | %.0f | %.0f |%n",
                together ? "all at once" : "one by one",
                reuse ? "on" : "off",
                after.promptTokens() - before.promptTokens(),
                after.reusedTokens() - before.reusedTokens(),
                after.prefixHits() - before.prefixHits(),
                nanos / 1e9,
                millis.get(millis.size() / 2),
                millis.get((int) Math.ceil(0.99 * millis.size()) - 1));
    }

    /** Time from handing a request in to its first token. */
    private static final class FirstTokens implements GeneratorListener {
        private final Map<GenerationRequest, Long> submitted = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

        @Override
        public void submitted(GenerationRequest request) {
            submitted.put(request, System.nanoTime());
        }

        @Override
        public void firstToken(GenerationRequest request) {
            Long start = submitted.get(request);
            if (start != null) {
                nanos.add(System.nanoTime() - start);
            }
        }

        void clear() {
            submitted.clear();
            nanos.clear();
        }

        List<Double> millis() {
            return nanos.stream().sorted().map(value -> value / 1e6).toList();
        }
    }
}
