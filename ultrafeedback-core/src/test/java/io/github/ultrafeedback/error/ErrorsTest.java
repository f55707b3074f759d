package io.github.ultrafeedback.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each type tells the caller: whether to try again, and whether that may be paid for twice. */
final class ErrorsTest {
    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new AmbiguousProviderException("m"), false, Certainty.NOT_SENT),
                Arguments.of(new AuthenticationException("m"), false, Certainty.REFUSED),
                Arguments.of(new GenerationCancelledException("m", Certainty.MAYBE_DONE), true, Certainty.MAYBE_DONE),
                Arguments.of(
                        new GenerationTimeoutException("m", null, Certainty.MAYBE_DONE), true, Certainty.MAYBE_DONE),
                Arguments.of(new GeneratorClosedException("m"), false, Certainty.NOT_SENT),
                Arguments.of(new InvalidRequestException("m"), false, Certainty.NOT_SENT),
                Arguments.of(new InvalidRequestException("m", Certainty.REFUSED), false, Certainty.REFUSED),
                Arguments.of(new ModelLoadException("m"), false, Certainty.NOT_SENT),
                Arguments.of(new ModelNotFoundException("m"), false, Certainty.NOT_SENT),
                Arguments.of(new ModelNotRunnableException("m"), false, Certainty.NOT_SENT),
                Arguments.of(new PromptTooLongException("m", 9, 8, Certainty.NOT_SENT), false, Certainty.NOT_SENT),
                Arguments.of(new QueueFullException("m"), true, Certainty.NOT_SENT),
                Arguments.of(new QuotaExhaustedException("m"), false, Certainty.REFUSED),
                Arguments.of(new RateLimitedException("m", null), true, Certainty.REFUSED),
                Arguments.of(new ServerException("m", null, Certainty.REFUSED), true, Certainty.REFUSED),
                Arguments.of(new TransportException("m", null, Certainty.NOT_SENT), true, Certainty.NOT_SENT));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void theTypeSaysWhetherToTryAgain(GenerationException error, boolean retryable, Certainty certainty) {
        assertThat(error.retryable()).isEqualTo(retryable);
        assertThat(error.certainty()).isEqualTo(certainty);
        assertThat(error).hasMessage("m").hasNoCause();
    }

    static Stream<GenerationException> caused() {
        Exception cause = new Exception("underneath");
        return Stream.of(
                new AmbiguousProviderException("m", cause),
                new AuthenticationException("m", cause),
                new GenerationTimeoutException("m", cause, Certainty.MAYBE_DONE),
                new GeneratorClosedException("m", cause),
                new ModelLoadException("m", cause),
                new ModelNotFoundException("m", cause),
                new ModelNotRunnableException("m", cause),
                new QueueFullException("m", cause),
                new QuotaExhaustedException("m", cause),
                new ServerException("m", cause, Certainty.REFUSED),
                new TransportException("m", cause, Certainty.NOT_SENT));
    }

    @ParameterizedTest
    @MethodSource("caused")
    void whatWentWrongUnderneathIsKept(GenerationException error) {
        assertThat(error).hasMessage("m").hasRootCauseMessage("underneath");
    }

    @Test
    void detailsAreKept() {
        PromptTooLongException tooLong = new PromptTooLongException("m", 9, 8, Certainty.REFUSED);
        assertThat(tooLong.promptTokens()).isEqualTo(9);
        assertThat(tooLong.contextLength()).isEqualTo(8);
        assertThat(new RateLimitedException("m", Duration.ofSeconds(3)).retryAfter())
                .hasValue(Duration.ofSeconds(3));
        assertThat(new RateLimitedException("m", null).retryAfter()).isEmpty();
    }

    @Test
    void whatIsKnownOfTheExchangeIsAddedOnce() {
        GenerationException error = new ServerException("m", null, Certainty.REFUSED);
        assertThat(error.attempts()).isZero();
        assertThat(error.status()).isEmpty();
        assertThat(error.requestId()).isEmpty();
        assertThat(error.initReport(3, 503, "req_1")).isSameAs(error);
        assertThat(error.attempts()).isEqualTo(3);
        assertThat(error.status()).hasValue(503);
        assertThat(error.requestId()).hasValue("req_1");
        assertThatThrownBy(() -> error.initReport(1, 0, null)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNegativeReportIsRefused() {
        GenerationException error = new ServerException("m", null, Certainty.REFUSED);
        assertThatThrownBy(() -> error.initReport(-1, 0, null)).hasMessageContaining("attempts");
        assertThatThrownBy(() -> error.initReport(0, -1, null)).hasMessageContaining("status");
        assertThat(error.attempts()).isZero();
    }
}
