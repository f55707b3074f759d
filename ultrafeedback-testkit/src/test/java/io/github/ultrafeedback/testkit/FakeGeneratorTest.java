package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationBatchException;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.QueueFullException;
import io.github.ultrafeedback.error.ServerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class FakeGeneratorTest {
    private static Completion ask(FakeGenerator generator, String prompt, SamplingParams params) {
        return generator.submit(GenerationRequest.of(Prompt.of(prompt), params)).join();
    }

    private static Completion ask(FakeGenerator generator, String prompt) {
        return ask(generator, prompt, SamplingParams.defaults());
    }

    @Test
    void aScriptedPromptGetsItsAnswer() {
        try (FakeGenerator generator =
                FakeGenerator.builder().answer("What is 2 + 2?", "It is 4.").build()) {
            Completion completion = ask(generator, "What is 2 + 2?");
            assertThat(completion.text()).isEqualTo("It is 4.");
            assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(completion.usage().completionTokens()).isEqualTo(4); // three words and the end
            assertThat(completion.usage().promptTokens()).isEqualTo(5);
        }
    }

    @Test
    void choicesTakeTheTextsInTurn() {
        SamplingParams three = SamplingParams.builder().n(3).build();
        try (FakeGenerator generator =
                FakeGenerator.builder().reply("q", Reply.text("one", "two")).build()) {
            assertThat(ask(generator, "q", three).choices())
                    .extracting(Choice::text)
                    .containsExactly("one", "two", "one");
        }
    }

    @Test
    void aScriptedTextIsCutByTokensAndStops() {
        try (FakeGenerator generator =
                FakeGenerator.builder().answer("q", "one two three four").build()) {
            Completion cut =
                    ask(generator, "q", SamplingParams.builder().maxTokens(2).build());
            assertThat(cut.text()).isEqualTo("one two");
            assertThat(cut.finishReason()).isEqualTo(FinishReason.LENGTH);
            Completion stopped = ask(
                    generator,
                    "q",
                    SamplingParams.builder().stop(List.of("o t")).build());
            assertThat(stopped.text()).isEqualTo("one tw");
            assertThat(stopped.choices().get(0).stopReason()).isEqualTo(new StopReason.StopString("o t"));
        }
    }

    @Test
    void aScriptSeesTheRequestAndItsNumber() {
        try (FakeGenerator generator = FakeGenerator.builder()
                .script((request, index) -> Reply.text(
                        index + ":" + request.prompt().messages().get(0).content()))
                .build()) {
            assertThat(generator.generate(List.of(Prompt.of("a"), Prompt.of("b"))))
                    .extracting(Completion::text)
                    .containsExactly("0:a", "1:b");
        }
    }

    @Test
    void aScriptThatThrowsFailsItsRequestAlone() {
        try (FakeGenerator generator = FakeGenerator.builder()
                .answer("good", "yes")
                .script((request, index) -> {
                    throw new IllegalStateException("no reply");
                })
                .build()) {
            assertThatThrownBy(() -> ask(generator, "bad"))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(GenerationException.class)
                    .hasMessageContaining("script of this request threw java.lang.IllegalStateException");
            assertThat(ask(generator, "good").text()).isEqualTo("yes");
        }
    }

    @Test
    void aScriptedFailureIsTheVeryOne() {
        ServerException down = new ServerException("down", null, Certainty.REFUSED);
        try (FakeGenerator generator =
                FakeGenerator.builder().fail("Boom", down).build()) {
            assertThatThrownBy(() -> generator.generate(List.of(Prompt.of("Boom"))))
                    .isInstanceOf(GenerationBatchException.class)
                    .cause()
                    .isSameAs(down);
        }
    }

    @Test
    void aReplyEndsForTheReasonThatIsScripted() {
        Reply filtered = Reply.text("half of").finishing(FinishReason.CONTENT_FILTER);
        try (FakeGenerator generator =
                FakeGenerator.builder().reply("q", filtered).build()) {
            assertThat(ask(generator, "q").finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
        }
    }

    @Test
    void aReplyIsHeldBackUntilTheClockIsAdvanced() {
        FakeClock clock = new FakeClock();
        try (FakeGenerator generator = FakeGenerator.builder()
                .clock(clock)
                .reply("slow", Reply.text("late").after(clock.timer(Duration.ofSeconds(3))))
                .build()) {
            CompletableFuture<Completion> slow = generator.submit(GenerationRequest.of(Prompt.of("slow")));
            assertThat(ask(generator, "quick").latency()).isZero();
            assertThat(slow).isNotDone();
            clock.advance(Duration.ofSeconds(3));
            assertThat(slow.join().latency()).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void theQueueHoldsWhatIsAtWorkAndWhatMayWait() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        RecordingListener heard = new RecordingListener();
        GeneratorOptions options =
                GeneratorOptions.builder().maxQueued(2).listener(heard).build();
        try (FakeGenerator generator = FakeGenerator.builder()
                .options(options)
                .concurrency(3)
                .script((request, index) -> Reply.text("x").after(gate))
                .build()) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                futures.add(generator.submit(GenerationRequest.of(Prompt.of("q"))));
            }
            assertThat(futures.subList(0, 5)).noneMatch(CompletableFuture::isDone);
            assertThat(futures.get(5)).isCompletedExceptionally();
            assertThatThrownBy(() -> futures.get(5).join())
                    .hasCauseInstanceOf(QueueFullException.class)
                    .hasMessageContaining("maxQueued is 2");
            futures.get(4).cancel(true); // it waits, so that its place is free at once
            futures.set(5, generator.submit(GenerationRequest.of(Prompt.of("q"))));
            assertThat(futures.get(5)).isNotDone();
            gate.complete(null);
            futures.remove(4);
            assertThat(futures).allMatch(future -> future.join().text().equals("x"));
            assertThat(heard.lastLoad()).isEqualTo(RecordingListener.Load.NONE);
        }
    }

    @Test
    void aParameterIsRefusedByName() {
        try (FakeGenerator generator = FakeGenerator.builder()
                .refuse("topK", params -> params.topK() > 0)
                .build()) {
            assertThatThrownBy(() ->
                            ask(generator, "q", SamplingParams.builder().topK(5).build()))
                    .hasCauseInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("topK is not honoured");
            assertThat(ask(generator, "q").choices()).hasSize(1);
        }
    }

    @Test
    void seedPromptAndChoiceDecideTheWords() {
        SamplingParams params =
                SamplingParams.builder().maxTokens(20).ignoreEos(true).build();
        Set<String> texts = new HashSet<>();
        try (FakeGenerator generator = FakeGenerator.create()) {
            for (int seed = 0; seed < 50; seed++) {
                texts.add(ask(generator, "a", params.withSeed(seed)).text());
                texts.add(ask(generator, "b", params.withSeed(seed)).text());
            }
            assertThat(texts).hasSize(100);
            SamplingParams greedy = params.toBuilder().temperature(0).build();
            assertThat(ask(generator, "a", greedy.withSeed(1)).text())
                    .isEqualTo(ask(generator, "a", greedy.withSeed(2)).text());
        }
    }

    @Test
    void requestsWithoutASeedAreTheSameInEachRun() {
        List<String> texts = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (FakeGenerator generator = FakeGenerator.builder().seed(7).build()) {
                texts.add(ask(generator, "a").text() + ask(generator, "a").text());
            }
        }
        assertThat(texts.get(0)).isEqualTo(texts.get(1));
    }

    @Test
    void answersEndByThemselvesUnlessTheyMustNot() {
        try (FakeGenerator generator = FakeGenerator.create()) {
            Completion completion = ask(generator, "a");
            assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
            SamplingParams longer = SamplingParams.builder().minTokens(500).build();
            assertThat(ask(generator, "a", longer).usage().completionTokens()).isGreaterThan(500);
        }
    }

    @Test
    void aStopTokenEndsTheAnswerAndIsCounted() {
        SamplingParams params = SamplingParams.builder().ignoreEos(true).seed(3).build();
        try (FakeGenerator generator = FakeGenerator.create()) {
            List<Integer> ids = ask(generator, "a", params).choices().get(0).tokenIds();
            int id = ids.get(5);
            Choice choice = ask(
                            generator,
                            "a",
                            params.toBuilder().stopTokenIds(List.of(id)).build())
                    .choices()
                    .get(0);
            assertThat(choice.stopReason()).isEqualTo(new StopReason.StopToken(id));
            assertThat(choice.tokenIds()).isEqualTo(ids.subList(0, ids.indexOf(id) + 1));
        }
    }

    @Test
    void logprobsCoverEachToken() {
        SamplingParams params = SamplingParams.builder()
                .maxTokens(6)
                .ignoreEos(true)
                .logprobs(2)
                .build();
        try (FakeGenerator generator = FakeGenerator.create()) {
            Choice choice = ask(generator, "a", params).choices().get(0);
            assertThat(choice.logprobs())
                    .hasSize(6)
                    .allMatch(logprob -> logprob.top().size() == 2);
            assertThat(choice.logprobs().get(3).id())
                    .isEqualTo(choice.tokenIds().get(3));
        }
    }

    @Test
    void aListenerMayCloseItsOwnGenerator() {
        FakeGenerator generator = FakeGenerator.create();
        CompletableFuture<Completion> future = generator.submit(
                GenerationRequest.of(Prompt.of("a")).withListener((choice, delta) -> generator.close()));
        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class);
        generator.close();
    }

    @Test
    void whatClosingEndsSaysWhetherWorkHadBegun() {
        RecordingListener heard = new RecordingListener();
        FakeGenerator generator = FakeGenerator.builder()
                .options(GeneratorOptions.builder().listener(heard).build())
                .concurrency(1)
                .script((request, index) -> Reply.text("x").after(new CompletableFuture<>()))
                .build();
        GenerationRequest running = GenerationRequest.of(Prompt.of("a"));
        GenerationRequest waiting = GenerationRequest.of(Prompt.of("b"));
        CompletableFuture<Completion> first = generator.submit(running);
        CompletableFuture<Completion> second = generator.submit(waiting);
        while (!heard.kinds(running).contains(RecordingListener.Kind.STARTED)) {
            Thread.onSpinWait();
        }
        generator.close();
        assertThat(certainty(first)).isEqualTo(Certainty.MAYBE_DONE);
        assertThat(certainty(second)).isEqualTo(Certainty.NOT_SENT);
    }

    private static Certainty certainty(CompletableFuture<Completion> closed) {
        return ((GeneratorClosedException)
                        closed.handle((completion, failure) -> failure).join())
                .certainty();
    }

    @Test
    void aRawPromptIsFoundByItsText() {
        try (FakeGenerator generator = FakeGenerator.builder()
                .answer("raw text", "yes")
                .model("fake:mine")
                .build()) {
            Completion completion = generator
                    .submit(GenerationRequest.of(Prompt.raw("raw text")))
                    .join();
            assertThat(completion.text()).isEqualTo("yes");
            assertThat(completion.model()).hasToString("fake:mine");
        }
    }

    @Test
    void oneAtATimeIsTheLeast() {
        assertThatThrownBy(() -> FakeGenerator.builder().concurrency(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("concurrency must be at least 1, got 0");
    }
}
