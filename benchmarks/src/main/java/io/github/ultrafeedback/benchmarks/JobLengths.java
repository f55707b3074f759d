package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import io.github.ultrafeedback.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prompts and answers as long as UltraFeedback's: both lognormal, prompts with a median of 77 tokens (sigma 0.9, 8 to
 * 512), answers with a median of 300 (sigma 0.7, 16 to 1,024). Answers do not end by themselves: each request asks for
 * its number of tokens and ignores the end token, so that every backend does the same work. The same seed gives the
 * same job.
 */
final class JobLengths {
    private static final double PROMPT_MEDIAN = 77;
    private static final double PROMPT_SIGMA = 0.9;
    private static final double ANSWER_MEDIAN = 300;
    private static final double ANSWER_SIGMA = 0.7;

    private JobLengths() {}

    /** The requests of a job, each with a seed of its own. */
    static List<GenerationRequest> job(Tokenizer tokenizer, int count, long seed) {
        Random random = new Random(seed);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int prompt = lognormal(random, PROMPT_MEDIAN, PROMPT_SIGMA, 8, 512);
            int answer = lognormal(random, ANSWER_MEDIAN, ANSWER_SIGMA, 16, 1024);
            String text = Texts.ofTokens(tokenizer, random, prompt);
            requests.add(GenerationRequest.of(Prompt.raw(text), exactly(answer, Seeds.derive(seed, i))));
        }
        return requests;
    }

    /** Temperature 1 and so many tokens, whatever they are. */
    static SamplingParams exactly(int tokens, long seed) {
        return SamplingParams.builder()
                .maxTokens(tokens)
                .ignoreEos(true)
                .seed(seed)
                .build();
    }

    private static int lognormal(Random random, double median, double sigma, int least, int most) {
        double value = median * Math.exp(sigma * random.nextGaussian());
        return (int) Math.max(least, Math.min(most, Math.round(value)));
    }
}
