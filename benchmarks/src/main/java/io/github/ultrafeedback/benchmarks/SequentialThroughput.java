package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.onnx.device.Device;
import io.github.ultrafeedback.onnx.internal.model.Decoder;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import io.github.ultrafeedback.onnx.internal.model.OnnxModel;
import io.github.ultrafeedback.onnx.internal.model.OnnxRuntime;
import io.github.ultrafeedback.onnx.internal.model.RuntimeOptions;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How much of the sequential generator's time is not the model's. Each round answers every prompt with the generator
 * and then feeds the very same tokens to a bare loop over a session of the same graph: prefill, then one run a token,
 * nothing drawn and nothing decoded. The two alternate prompt by prompt, so that a noisy machine meets both. Before
 * each the machine rests: ONNX Runtime's threads go on spinning for a while after a run, and on few cores the session
 * that ran last would slow down the one that comes next.
 *
 * <p>Usage: {@code SequentialThroughput <model folder> [prompts] [tokens] [rounds]}; 16 prompts, 64 tokens and 5 rounds
 * by default. Prints tokens/s of both and the share of time outside the bare loop, for each round and the median.
 */
public final class SequentialThroughput {
    private static final int PROMPT_WORDS = 40;
    private static final Duration REST = Duration.ofMillis(200);

    private final Generator generator;
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final SamplingParams params;

    private SequentialThroughput(Generator generator, Decoder decoder, Tokenizer tokenizer, int tokens) {
        this.generator = generator;
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.params = SamplingParams.builder()
                .maxTokens(tokens)
                .ignoreEos(true)
                .seed(1)
                .build();
    }

    /**
     * Runs the measurement.
     *
     * @param args model folder, prompts, tokens, rounds; all but the first optional
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Path folder = Path.of(args[0]);
        int prompts = args.length > 1 ? Integer.parseInt(args[1]) : 16;
        int tokens = args.length > 2 ? Integer.parseInt(args[2]) : 64;
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
        try (Generator generator = Generators.forModel("onnx:" + folder);
                OnnxModel model = OnnxRuntime.open(ModelFolder.open(folder, null), RuntimeOptions.on(Device.CPU));
                Decoder decoder = model.newDecoder();
                Tokenizer tokenizer = Tokenizer.open(folder)) {
            SequentialThroughput run = new SequentialThroughput(generator, decoder, tokenizer, tokens);
            run.round(texts(prompts)); // warms up
            double[] shares = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                shares[i] = run.round(texts(prompts));
            }
            Arrays.sort(shares);
            System.out.printf(
                    Locale.ROOT,
                    "share of time outside session.run: median %.1f %%, all %s%n",
                    100 * shares[rounds / 2],
                    Arrays.toString(shares));
        }
    }

    private double round(List<String> texts) throws InterruptedException {
        long whole = 0;
        long bare = 0;
        int tokens = 0;
        for (String text : texts) {
            Thread.sleep(REST.toMillis());
            long start = System.nanoTime();
            Completion completion =
                    generator.generate(List.of(Prompt.raw(text)), params).get(0);
            whole += System.nanoTime() - start;
            int[] drawn = completion.choices().get(0).tokenIdArray();
            int[] promptIds = tokenizer.encodeRaw(text);
            Thread.sleep(REST.toMillis());
            bare += replay(promptIds, drawn);
            tokens += drawn.length;
        }
        double share = 1 - (double) bare / whole;
        System.out.printf(
                Locale.ROOT,
                "%d tokens: generator %.1f tokens/s, bare loop %.1f tokens/s, outside %.1f %%%n",
                tokens,
                tokens * 1e9 / whole,
                tokens * 1e9 / bare,
                100 * share);
        return share;
    }

    /** Nanoseconds for the same runs of the session, with nothing between them. */
    private long replay(int[] promptIds, int[] drawn) {
        long start = System.nanoTime();
        decoder.prefill(promptIds);
        for (int i = 0; i < drawn.length - 1; i++) {
            decoder.decode(drawn[i]);
        }
        return System.nanoTime() - start;
    }

    private static List<String> texts(int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder("Question " + i + ":");
            for (int word = 0; word < PROMPT_WORDS; word++) {
                text.append(word % 2 == 0 ? " river" : " stone");
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
