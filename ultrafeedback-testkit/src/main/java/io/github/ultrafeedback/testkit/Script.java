package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.GenerationRequest;

/** Decides what a {@link FakeGenerator} replies. */
@FunctionalInterface
public interface Script {

    /**
     * The reply to one request. Called once for each, when work on it begins, by the fake's thread.
     *
     * @param request what is asked
     * @param index how many requests were taken before it, 0 for the first
     * @return the reply; what this throws fails the request
     */
    Reply reply(GenerationRequest request, int index);
}
