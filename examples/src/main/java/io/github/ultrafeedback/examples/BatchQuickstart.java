package io.github.ultrafeedback.examples;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.batch.BatchGenerator;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers 64 prompts at once, then the same prompts one after the other, and shows how long each took and that the
 * answers are the same. No key, no network.
 *
 * <p>Usage: {@code BatchQuickstart [folder]}; by default the embedded model beside the working directory of the
 * examples.
 */
public final class BatchQuickstart {
    private static final String FOLDER = "models/ultrafeedback-tiny";
    private static final List<String> WHO =
            List.of("a fox", "a king", "an old ship", "a girl", "a clock", "a dragon", "a cook", "a river");
    private static final List<String> WHAT =
            List.of("a well", "gold", "the sea", "a lost key", "winter", "a promise", "bread", "the moon");

    private BatchQuickstart() {}

    /**
     * Runs the example.
     *
     * @param args the folder of the model; optional
     */
    public static void main(String[] args) {
        run(args, System.out);
    }

    static void run(String[] args, PrintStream out) {
        String folder = args.length > 0 ? args[0] : FOLDER;
        List<Prompt> prompts = new ArrayList<>();
        for (String who : WHO) {
            for (String what : WHAT) {
                prompts.add(Prompt.of("Tell me a story about " + who + " and " + what + "."));
            }
        }
        List<Completion> together = generate("batch:" + folder, prompts, out);
        List<Completion> alone = generate("onnx:" + folder, prompts, out);
        boolean same = true;
        for (int i = 0; i < prompts.size(); i++) {
            same &= together.get(i).choices().equals(alone.get(i).choices());
        }
        out.println("the same answers, token for token: " + same);
        out.println();
        out.println("> " + WHO.get(0) + " and " + WHAT.get(0));
        out.println(together.get(0).text());
    }

    private static List<Completion> generate(String model, List<Prompt> prompts, PrintStream out) {
        GeneratorOptions options = GeneratorOptions.builder()
                .listener(new Progress(model.substring(0, model.indexOf(':')), prompts.size(), out))
                .build();
        SamplingParams params = SamplingParams.builder().maxTokens(120).seed(7).build();
        try (Generator generator = Generators.forModel(model, options)) {
            List<Completion> completions = generator.generate(prompts, params);
            out.println();
            if (generator instanceof BatchGenerator batch) {
                out.println(batch.stats());
            }
            return completions;
        }
    }

    /** Keeps one line up to date. */
    private static final class Progress implements GeneratorListener {
        private final String backend;
        private final int prompts;
        private final PrintStream out;
        private final long start = System.nanoTime();
        private final AtomicInteger tokens = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();

        Progress(String backend, int prompts, PrintStream out) {
            this.backend = backend;
            this.prompts = prompts;
            this.out = out;
        }

        @Override
        public void finished(GenerationRequest request, Completion completion) {
            int drawn = tokens.addAndGet(completion.usage().completionTokens());
            double seconds = (System.nanoTime() - start) / 1e9;
            out.printf(
                    "\r%s: %d of %d prompts, %d tokens, %.0f tokens/s",
                    backend, done.incrementAndGet(), prompts, drawn, drawn / seconds);
        }
    }
}
