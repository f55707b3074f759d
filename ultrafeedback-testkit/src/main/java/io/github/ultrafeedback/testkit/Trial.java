package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.SamplingParams;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** One generator under test, with what it tells its listener, and waits that end. */
final class Trial implements AutoCloseable {
    final RecordingListener heard = new RecordingListener();
    final Generator generator;
    private final GeneratorContract backend;
    private final Duration timeout;

    Trial(GeneratorContract backend) {
        this(backend, GeneratorOptions.builder());
    }

    Trial(GeneratorContract backend, GeneratorOptions.Builder options) {
        this.backend = backend;
        this.timeout = backend.timeout();
        this.generator = backend.open(options.listener(heard).build());
    }

    /** A request whose answer has exactly this many tokens, and whose prompt names its index. */
    GenerationRequest request(int index, int tokens) {
        return request(index, backend.exactly(tokens));
    }

    GenerationRequest request(int index, SamplingParams params) {
        return GenerationRequest.of(backend.prompt(index).withId("p" + index), params);
    }

    Completion answer(GenerationRequest request) {
        return join(generator.submit(request));
    }

    <T> T join(CompletableFuture<T> future) {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            return fail("the request failed", e.getCause());
        } catch (TimeoutException e) {
            return fail("no answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted", e);
        }
    }

    /** What the request failed with. */
    Throwable failure(CompletableFuture<Completion> future) {
        try {
            future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return fail("the request was answered, though it should have failed");
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (CancellationException e) {
            return e;
        } catch (TimeoutException e) {
            return fail("neither answer nor failure within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted", e);
        }
    }

    void await(String what, CountDownLatch latch) {
        try {
            assertThat(latch.await(timeout.toNanos(), TimeUnit.NANOSECONDS))
                    .as(what + " within " + timeout)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted", e);
        }
    }

    void awaitHeard(String what, Predicate<RecordingListener> condition) {
        try {
            assertThat(heard.await(timeout, condition))
                    .as("%s within %s; the last load heard is %s", what, timeout, heard.lastLoad())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted", e);
        }
    }

    /** The same text, tokens and end in each choice. */
    static void assertSame(String what, Completion actual, Completion expected) {
        assertThat(actual.choices()).as(what).hasSameSizeAs(expected.choices());
        for (int i = 0; i < expected.choices().size(); i++) {
            Choice wanted = expected.choices().get(i);
            Choice got = actual.choices().get(i);
            assertThat(got.text()).as(what + ": text of choice " + i).isEqualTo(wanted.text());
            assertThat(got.tokenIds()).as(what + ": tokens of choice " + i).isEqualTo(wanted.tokenIds());
            assertThat(got.finishReason()).as(what + ": end of choice " + i).isEqualTo(wanted.finishReason());
        }
    }

    @Override
    public void close() {
        generator.close();
    }
}
