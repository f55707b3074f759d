package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.openai.Endpoint;
import io.github.ultrafeedback.openai.OpenAiSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The OpenAI backend against a real server: a chat, a legacy completion, a stream, and many prompts at once, twice with
 * the same seeds. {@code tools/llama_server.md} tells how to start one.
 *
 * <p>Usage: {@code ServerTrial <base URL> [prompts] [tokens]}; 200 prompts of 16 tokens by default.
 */
public final class ServerTrial {
    private final String baseUrl;

    private ServerTrial(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /**
     * Runs the trial and prints what came.
     *
     * @param args base URL, prompts, tokens; all but the first optional
     */
    public static void main(String[] args) {
        ServerTrial trial = new ServerTrial(args[0]);
        int prompts = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        int tokens = args.length > 2 ? Integer.parseInt(args[2]) : 16;
        SamplingParams params =
                SamplingParams.builder().maxTokens(tokens).seed(7).build();
        try (Generator chat = trial.open(Endpoint.CHAT)) {
            show(
                    "chat",
                    chat.generate(List.of(Prompt.of("What is a river?")), params)
                            .get(0));
            show("stream", stream(chat, params));
            trial.many(chat, prompts, params);
        }
        try (Generator legacy = trial.open(Endpoint.COMPLETIONS)) {
            show(
                    "completions",
                    legacy.generate(List.of(Prompt.raw("A river is")), params).get(0));
        }
    }

    private Generator open(Endpoint endpoint) {
        OpenAiSettings settings = OpenAiSettings.builder()
                .baseUrl(baseUrl)
                .endpoint(endpoint)
                .extraBody(Map.of("cache_prompt", false))
                .build();
        return Generators.forModel(
                "openai:any", GeneratorOptions.builder().settings(settings).build());
    }

    private static Completion stream(Generator generator, SamplingParams params) {
        List<String> deltas = new ArrayList<>();
        GenerationRequest request = GenerationRequest.of(Prompt.of("What is a river?"), params)
                .withListener((choice, delta) -> deltas.add(delta));
        Completion completion = generator.submit(request).join();
        boolean equal = String.join("", deltas).equals(completion.text());
        System.out.println("stream: " + deltas.size() + " deltas, joined equal to the text: " + equal);
        return completion;
    }

    private void many(Generator generator, int count, SamplingParams params) {
        List<GenerationRequest> requests = IntStream.range(0, count)
                .mapToObj(i -> GenerationRequest.of(Prompt.of("Tell me a fact about the number " + i + "."), params))
                .toList();
        List<Outcome> first = timed(generator, requests);
        List<Outcome> second = timed(generator, requests);
        long equal = IntStream.range(0, count)
                .filter(i -> text(first.get(i)).equals(text(second.get(i))))
                .count();
        System.out.println("same text for the same seed: " + equal + " of " + count);
    }

    private static List<Outcome> timed(Generator generator, List<GenerationRequest> requests) {
        long start = System.nanoTime();
        List<Outcome> outcomes = generator.generateEach(requests);
        double seconds = (System.nanoTime() - start) / 1e9;
        long good = outcomes.stream().filter(Outcome.Success.class::isInstance).count();
        System.out.printf(Locale.ROOT, "at once: %d of %d answered in %.1f s%n", good, requests.size(), seconds);
        outcomes.stream().filter(Outcome.Failure.class::isInstance).limit(3).forEach(System.out::println);
        return outcomes;
    }

    private static String text(Outcome outcome) {
        return outcome instanceof Outcome.Success success ? success.completion().text() : outcome.toString();
    }

    private static void show(String what, Completion completion) {
        System.out.println(what + ": " + completion.text().replace("\n", "\\n") + " [" + completion.finishReason()
                + ", " + completion.usage() + ", attempts " + completion.attempts() + ", " + completion.provenance()
                + "]");
    }
}
