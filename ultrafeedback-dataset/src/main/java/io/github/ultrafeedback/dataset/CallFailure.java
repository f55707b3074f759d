package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.error.Certainty;

/**
 * A call that failed.
 *
 * @param call which call
 * @param type simple name of the exception, for example {@code PromptTooLongException}
 * @param message what happened and what to do
 * @param certainty whether the work may have been done, and paid for
 * @param retryable whether asking again unchanged may help
 */
public record CallFailure(Call call, String type, String message, Certainty certainty, boolean retryable) {}
