package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.Outcome;
import java.util.List;

/** Answers of which none may fail. */
final class Answers {
    private Answers() {}

    /** The tokens of each request's first choice. */
    static List<int[]> of(Generator generator, List<GenerationRequest> requests) {
        return generator.generateEach(requests).stream()
                .map(Answers::completion)
                .map(completion -> completion.choices().get(0).tokenIdArray())
                .toList();
    }

    private static Completion completion(Outcome outcome) {
        if (outcome instanceof Outcome.Success success) {
            return success.completion();
        }
        throw ((Outcome.Failure) outcome).cause();
    }
}
