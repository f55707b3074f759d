package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls and headers, for tests of single layers. */
final class TestCalls {
    private TestCalls() {}

    /** Keeps what it hears. */
    static final class Heard implements ChatCall.Events {
        final StringBuilder text = new StringBuilder();
        final List<Duration> delays = new ArrayList<>();
        private final boolean streams;

        Heard(boolean streams) {
            this.streams = streams;
        }

        @Override
        public boolean streams() {
            return streams;
        }

        @Override
        public void text(int choice, String delta) {
            text.append(choice == 0 ? "" : choice + ":").append(delta);
        }

        @Override
        public void retried(int attempt, Duration delay, ApiFailure failure) {
            delays.add(delay);
        }
    }

    static ChatCall call(SamplingParams params, Heard heard) {
        return new ChatCall(Prompt.of(Planted.PROMPT), params, heard);
    }

    static ChatCall call(Heard heard) {
        return call(SamplingParams.defaults(), heard);
    }

    /** Takes names and values in turn. */
    static HttpHeaders headers(String... namesAndValues) {
        Map<String, List<String>> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
