package io.github.ultrafeedback;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.seed.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** What the list methods of {@link Generator} share. */
final class ListGeneration {
    private ListGeneration() {}

    /** Gives each prompt a seed of its own. A prompt that repeats an id gets another seed each time. */
    static List<GenerationRequest> requests(List<Prompt> prompts, SamplingParams params) {
        long seed = params.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong());
        Map<String, Integer> seen = new HashMap<>();
        List<GenerationRequest> requests = new ArrayList<>(prompts.size());
        for (Prompt prompt : List.copyOf(prompts)) {
            String id = prompt.id();
            long own = id == null
                    ? Seeds.derive(seed, requests.size())
                    : Seeds.derive(Seeds.derive(seed, id), seen.merge(id, 1, Integer::sum) - 1);
            requests.add(GenerationRequest.of(prompt, params.withSeed(own)));
        }
        return requests;
    }

    static List<Completion> completions(List<Outcome> outcomes) {
        if (outcomes.stream().anyMatch(Outcome.Failure.class::isInstance)) {
            throw new GenerationBatchException(outcomes);
        }
        return outcomes.stream()
                .map(outcome -> ((Outcome.Success) outcome).completion())
                .toList();
    }

    /** A list is in memory already, so a slow answer at its head need not hold the others up. */
    static List<Outcome> outcomes(Generator generator, List<GenerationRequest> requests) {
        List<GenerationRequest> all = List.copyOf(requests);
        List<Outcome> outcomes = new ArrayList<>(all.size());
        RequestWindow window = new RequestWindow(generator, generator.window(), Integer.MAX_VALUE);
        if (window.run(new RequestInput(all.iterator()), outcomes::add)) {
            return outcomes;
        }
        all.subList(outcomes.size(), all.size()).forEach(request -> outcomes.add(notStarted(request)));
        return outcomes;
    }

    static void stream(Generator generator, Iterable<GenerationRequest> requests, Consumer<Outcome> sink) {
        Objects.requireNonNull(sink, "sink must not be null");
        int inFlight = generator.window();
        RequestInput input = new RequestInput(requests.iterator());
        // Answers that wait for a slower one before them are held, up to eight windows of them.
        RequestWindow window = new RequestWindow(generator, inFlight, 8 * inFlight);
        try {
            if (!window.run(input, sink)) {
                throw new GenerationCancelledException(
                        "Interrupted: the outcomes of all requests that were read have been handed over; the rest of"
                                + " the input was not read.",
                        Certainty.NOT_SENT);
            }
        } catch (RuntimeException | Error e) {
            input.attachTo(e);
            throw e;
        }
    }

    private static Outcome notStarted(GenerationRequest request) {
        return new Outcome.Failure(request.prompt(), RequestWindow.interrupted(Certainty.NOT_SENT));
    }
}
