package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GenerationTimeoutException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.ModelNotFoundException;
import io.github.ultrafeedback.error.PromptTooLongException;
import io.github.ultrafeedback.error.QuotaExhaustedException;
import io.github.ultrafeedback.error.RateLimitedException;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.error.TransportException;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what failed inside into the exception that the caller sees, with status, request id and attempts. */
final class FailureMessages {
    private FailureMessages() {}

    /** Takes the failure of the last attempt, and the call, which knows of the others. */
    static GenerationException exception(ApiFailure failure, ChatCall call, Instant now) {
        Certainty certainty = call.certainty() == Certainty.MAYBE_DONE ? Certainty.MAYBE_DONE : failure.certainty();
        ErrorFacts shown = failure.facts().without(text(call.prompt()));
        return exception(failure, message(failure, shown, call, certainty), certainty, now)
                .initReport(call.attempts(), shown.status(), shown.requestId());
    }

    /** The same with a message of the caller's. */
    static GenerationException exception(ApiFailure failure, String message, Certainty certainty, Instant now) {
        ErrorFacts facts = failure.facts();
        return switch (failure.kind()) {
            case INVALID -> new InvalidRequestException(message, certainty);
            case TOO_LONG ->
                new PromptTooLongException(message, facts.promptTokens(), facts.contextLength(), certainty);
            case AUTHENTICATION -> new AuthenticationException(message, null, certainty);
            case NOT_FOUND -> new ModelNotFoundException(message, null, certainty);
            case QUOTA -> new QuotaExhaustedException(message, null, certainty);
            case RATE_LIMIT -> limited(message, failure, now, certainty);
            case OVERLOADED ->
                facts.status() == 429
                        ? limited(message, failure, now, certainty)
                        : new ServerException(message, null, certainty);
            case SERVER, BAD_ANSWER -> new ServerException(message, null, certainty);
            case TRANSPORT -> new TransportException(message, failure.getCause(), certainty);
            case TIMEOUT -> new GenerationTimeoutException(message, null, certainty);
            case CALLER -> new GenerationException(message, failure.getCause(), false, certainty);
        };
    }

    private static RateLimitedException limited(String message, ApiFailure failure, Instant now, Certainty certainty) {
        return new RateLimitedException(
                message, ServerDelay.read(failure.headers(), now).orElse(null), certainty);
    }

    private static String message(ApiFailure failure, ErrorFacts facts, ChatCall call, Certainty certainty) {
        StringBuilder text = new StringBuilder(failure.what());
        if (!failure.what().endsWith(".")) {
            text.append('.');
        }
        if (call.heard() && failure.kind().retryable()) {
            text.append(" It was not tried again, since the TokenListener had heard part of the answer.");
        }
        if (certainty == Certainty.MAYBE_DONE && failure.certainty() != Certainty.MAYBE_DONE) {
            text.append(" An earlier attempt may have been done, and paid for.");
        }
        String shown = facts.shown();
        text.append(" (").append(shown).append(shown.isEmpty() ? "" : ", ");
        return text.append("attempts ").append(call.attempts()).append(')').toString();
    }

    private static String text(Prompt prompt) {
        String raw = prompt.rawText();
        return raw != null
                ? raw
                : prompt.messages().stream().map(Message::content).collect(Collectors.joining("\n"));
    }

    /** For a prompt whose generator was closed. */
    static GenerationException closed(ModelRef model, ChatCall call) {
        return new GeneratorClosedException(
                        "The generator for '" + model + "' was closed. Open a new one.", call.certainty())
                .initReport(call.attempts(), 0, null);
    }

    /** Takes also why the run has ended, null where it has not: that tells more than a failure that may pass. */
    static GenerationException told(ApiFailure failure, @Nullable ApiFailure end, ChatCall call, Instant now) {
        boolean passing = end == failure || failure.kind().retryable();
        return end != null && passing ? afterEnd(end, call, now) : exception(failure, call, now);
    }

    /** For a prompt that was not sent, or not again, since another has met an error that all would meet. */
    static GenerationException afterEnd(ApiFailure end, ChatCall call, Instant now) {
        ApiFailure failure = ApiFailure.remote(
                end.kind(),
                "Nothing more is sent, since another prompt has met this: " + end.what() + ". Open a new generator once"
                        + " it is mended",
                call.attempts() == 0 ? Certainty.NOT_SENT : end.certainty(),
                end.facts(),
                end.headers());
        return exception(failure, call, now);
    }
}
