package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.testkit.RecordingListener.Kind;
import io.github.ultrafeedback.testkit.RecordingListener.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What the listener of a generator hears. */
final class EventChecks {
    /** One letter an event, in the order of the enum: S(ubmitted), s(tarted), t(oken), r(etried), then one end. */
    private static final String LETTERS = "SstrFf";

    private static final String LEGAL = "S(sr*t?r*)?[Ff]";

    private final GeneratorContract backend;

    EventChecks(GeneratorContract backend) {
        this.backend = backend;
    }

    void order() {
        List<GenerationRequest> requests = new ArrayList<>();
        try (Trial trial = new Trial(backend)) {
            for (int i = 0; i < 6; i++) {
                GenerationRequest request = trial.request(i, 4);
                requests.add(backend.streams() ? request.withListener(new Deltas()) : request);
            }
            trial.generator.generateEach(requests);
            GenerationRequest cancelled = trial.request(7, backend.longTokens());
            requests.add(cancelled);
            trial.generator.submit(cancelled).cancel(true);
            backend.failingRequest().ifPresent(failing -> {
                requests.add(failing);
                trial.failure(trial.generator.submit(failing));
            });
            trial.awaitHeard("each request ends", heard -> heard.ended() >= requests.size());
            GenerationRequest open = trial.request(8, backend.longTokens());
            requests.add(open);
            CompletableFuture<Completion> unused = trial.generator.submit(open);
            trial.generator.close();
            trial.awaitHeard("the request that closing ends", heard -> heard.ended() >= requests.size());
            requests.forEach(request -> assertThat(letters(trial.heard.kinds(request)))
                    .as("events of " + request)
                    .matches(LEGAL));
            for (GenerationRequest answered : requests.subList(0, 6)) {
                assertThat(trial.heard.kinds(answered)).contains(Kind.STARTED, Kind.FINISHED);
                assertThat(trial.heard.kinds(answered).contains(Kind.FIRST_TOKEN) || !backend.streams())
                        .as("the first token of a streamed answer is heard")
                        .isTrue();
            }
        }
    }

    private static String letters(List<Kind> kinds) {
        return kinds.stream()
                .map(kind -> String.valueOf(
                        switch (kind) {
                            case SUBMITTED -> LETTERS.charAt(0);
                            case STARTED -> LETTERS.charAt(1);
                            case FIRST_TOKEN -> LETTERS.charAt(2);
                            case RETRIED -> LETTERS.charAt(3);
                            case FINISHED -> LETTERS.charAt(4);
                            case FAILED -> LETTERS.charAt(5);
                        }))
                .collect(Collectors.joining());
    }

    void load() {
        try (Trial trial = new Trial(backend)) {
            for (int round = 0; round < 2; round++) {
                List<GenerationRequest> requests = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    requests.add(trial.request(i, 4));
                }
                trial.generator.generateEach(requests);
                trial.generator.submit(trial.request(99, backend.longTokens())).cancel(true);
                int submitted = 13 * (round + 1);
                trial.awaitHeard(
                        "everything ends and the load is zero",
                        heard -> heard.ended() == submitted && heard.lastLoad().equals(Load.NONE));
                assertThat(trial.heard.loads()).as("loads while at work").anyMatch(load -> load.inFlight() > 0);
                assertThat(trial.heard.loads()).allMatch(load -> load.inFlight() >= 0 && load.queued() >= 0);
            }
        }
    }

    void throwingListener() {
        GeneratorOptions options =
                GeneratorOptions.builder().listener(new Throwing()).build();
        try (Generator generator = backend.open(options)) {
            List<GenerationRequest> requests = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                requests.add(GenerationRequest.of(backend.prompt(i), backend.exactly(4)));
            }
            assertThat(generator.generateEach(requests)).allSatisfy(ListChecks::success);
        }
    }

    private static final class Throwing implements GeneratorListener {
        private static RuntimeException failure() {
            return new IllegalStateException("a listener that fails");
        }

        @Override
        public void submitted(GenerationRequest request) {
            throw failure();
        }

        @Override
        public void started(GenerationRequest request) {
            throw failure();
        }

        @Override
        public void firstToken(GenerationRequest request) {
            throw failure();
        }

        @Override
        public void finished(GenerationRequest request, Completion completion) {
            throw failure();
        }

        @Override
        public void failed(GenerationRequest request, GenerationException cause) {
            throw failure();
        }

        @Override
        public void load(int queued, int inFlight) {
            throw failure();
        }
    }
}
