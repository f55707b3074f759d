package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.SamplingParamsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests of every kind, the same for the same seed: short and long, shared system texts, all parameters. */
final class MixedRequests {
    private static final String SYSTEM =
            "You are a helpful, respectful and honest assistant. Always answer as helpfully"
                    + " as possible, while being safe. If a question does not make any sense, explain why instead of answering"
                    + " something that is not correct. If you do not know the answer, do not share false information.";
    private static final String[] WORDS = {
        "the", "fox", "well", "river", "why", "does", "tell", "me", "a", "story", "about", "gold", "and", "seven",
        "ships"
    };

    private final Random random;
    private final int most;

    /** Takes the most tokens of an answer. */
    MixedRequests(int seed, int most) {
        this.random = new Random(seed);
        this.most = most;
    }

    List<GenerationRequest> make(int count) {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(GenerationRequest.of(prompt(i), params(i)));
        }
        return requests;
    }

    private Prompt prompt(int i) {
        return switch (i % 8) {
            case 0 -> Prompt.raw("a"); // a token or two
            case 1 -> Prompt.raw(words(60 + random.nextInt(90)));
            case 2, 3, 4 -> Prompt.of(SYSTEM, words(3 + random.nextInt(20)));
            default -> Prompt.of(words(2 + random.nextInt(40)));
        };
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private SamplingParams params(int i) {
        double temperature = List.of(0.0, 0.7, 1.0, 1.3).get(random.nextInt(4));
        SamplingParamsBuilder params = SamplingParams.builder()
                .seed(1000L + i)
                .maxTokens(1 + random.nextInt(most))
                .temperature(temperature);
        if (random.nextInt(3) == 0) {
            params.topP(0.8);
        }
        if (random.nextInt(4) == 0) {
            params.topK(20).minP(0.02);
        }
        if (random.nextInt(3) == 0) {
            params.stop(List.of("e ", "the", "\n")).includeStop(random.nextBoolean());
        }
        if (temperature > 0 && random.nextInt(4) == 0) {
            params.n(2 + random.nextInt(2));
        }
        if (random.nextInt(4) == 0) {
            params.logprobs(3);
        }
        if (random.nextInt(5) == 0) {
            params.minTokens(1).ignoreEos(random.nextBoolean());
        }
        if (random.nextInt(5) == 0) {
            params.presencePenalty(0.5).frequencyPenalty(0.3).repetitionPenalty(1.1);
        }
        return params.build();
    }
}
