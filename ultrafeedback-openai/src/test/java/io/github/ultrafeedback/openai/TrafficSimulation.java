package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A server with limits, and prompts that never run out, on a fake clock. It counts by a bucket, by fixed or by sliding
 * minutes, and never knows what the client believes.
 */
final class TrafficSimulation {
    /** How the server counts. */
    enum Counting {
        BUCKET,
        FIXED,
        SLIDING
    }

    /** Takes the true limits, whether responses tell them, and how many prompts are at work. */
    record Plan(Counting counting, long rpm, long tpm, boolean tells, int window) {}

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Duration STEP = Duration.ofMillis(20);

    private final TestTime time = new TestTime();
    private final Random random;
    private final Plan plan;
    private final ChatApi api;
    private final Deque<long[]> admitted = new ArrayDeque<>(); // when, tokens
    final List<Long> refusedAt = new ArrayList<>();
    final List<Long> admittedAt = new ArrayList<>();
    final List<Long> admittedTokens = new ArrayList<>();
    long longestIdle;
    private long lastSent;
    private long askedUntil;
    private double requestsLeft;
    private double tokensLeft;
    private long filledAt;

    TrafficSimulation(Plan plan, OpenAiLimits limits, long seed) {
        this.plan = plan;
        this.random = new Random(seed);
        this.requestsLeft = plan.rpm();
        this.tokensLeft = plan.tpm();
        OpenAiSettings settings = OpenAiSettings.builder()
                .maxInFlight(plan.window())
                .retries(1_000, Duration.ofMinutes(2))
                .timeouts(Duration.ofSeconds(1), Duration.ofHours(9), Duration.ofHours(9))
                .build()
                .withTraffic(OpenAiTraffic.of(limits));
        RunEnd runEnd = new RunEnd();
        TrafficChatApi traffic = new TrafficChatApi(List.of(this::serve), settings, time, runEnd);
        RetryRules rules = new RetryRules(settings, time.ambient(seed), new RetryBudget(time), runEnd);
        this.api = new RetryingChatApi(traffic, rules, time);
    }

    /** Lets time pass, with all prompts at work all the time. */
    void run(Duration duration) {
        for (int i = 0; i < plan.window(); i++) {
            next();
        }
        for (long steps = duration.dividedBy(STEP); steps > 0; steps--) {
            time.clock().advance(STEP);
        }
    }

    private void next() {
        SamplingParams params =
                SamplingParams.builder().maxTokens(100 + random.nextInt(400)).build();
        ChatCall call = new ChatCall(Prompt.of(Planted.PROMPT), params, new TestCalls.Heard(false));
        CompletableFuture<?> unused = api.send(call).thenRunAsync(this::next, time.executor());
    }

    private CompletableFuture<Answer> serve(ChatCall call) {
        int unusedCount = call.attemptBegins();
        long now = time.nanos();
        longestIdle = Math.max(longestIdle, now - Math.max(lastSent, askedUntil));
        lastSent = now;
        CompletableFuture<Answer> reply = new CompletableFuture<>();
        Duration there = Duration.ofMillis(random.nextInt(100));
        CompletableFuture<?> unused = time.timer(there).thenRun(() -> arrive(call, reply));
        return reply;
    }

    private void arrive(ChatCall call, CompletableFuture<Answer> reply) {
        long now = time.nanos();
        long tokens = TokenEstimate.of(call).total();
        long wait = admit(now, tokens);
        String[] headers = plan.tells() ? told(wait) : asked(wait);
        if (wait > 0) {
            refusedAt.add(now);
            askedUntil = Math.max(askedUntil, now + wait + 20_000_000);
            call.attemptEnded(Certainty.REFUSED);
            reply.completeExceptionally(ApiFailure.remote(
                    Kind.RATE_LIMIT, "Limit", Certainty.REFUSED, ErrorFacts.NONE, TestCalls.headers(headers)));
            return;
        }
        admittedAt.add(now);
        admittedTokens.add(tokens);
        Answer answer = new Answer(List.of(), Usage.of(1, 1), Map.of(), TestCalls.headers(headers));
        CompletableFuture<?> unused = time.timer(Duration.ofMillis(500 + random.nextInt(1_500)))
                .thenRun(() -> {
                    call.attemptEnded(null);
                    reply.complete(answer);
                });
    }

    private static String[] asked(long wait) {
        return wait > 0 ? new String[] {"retry-after-ms", "" + Math.max(1, wait / 1_000_000 + 1)} : new String[0];
    }

    private String[] told(long wait) {
        List<String> headers = new ArrayList<>(List.of(asked(wait)));
        headers.addAll(List.of("x-ratelimit-limit-requests", "" + plan.rpm()));
        headers.addAll(List.of("x-ratelimit-limit-tokens", "" + plan.tpm()));
        headers.addAll(List.of("x-ratelimit-remaining-requests", "" + (long) Math.max(0, requestsLeft)));
        headers.addAll(List.of("x-ratelimit-remaining-tokens", "" + (long) Math.max(0, tokensLeft)));
        headers.addAll(List.of("x-ratelimit-reset-requests", reset()));
        return headers.toArray(String[]::new);
    }

    private String reset() {
        double share = plan.counting() == Counting.BUCKET
                ? 1 - requestsLeft / plan.rpm()
                : 1 - time.nanos() % MINUTE / (double) MINUTE;
        return (long) (share * 60_000) + "ms";
    }

    /** Counts a request, or returns nanoseconds until it would be admitted. */
    private long admit(long now, long tokens) {
        if (plan.counting() == Counting.BUCKET) {
            double passed = (now - filledAt) / (double) MINUTE;
            requestsLeft = Math.min((double) plan.rpm(), requestsLeft + passed * plan.rpm());
            tokensLeft = Math.min((double) plan.tpm(), tokensLeft + passed * plan.tpm());
        } else {
            long since = plan.counting() == Counting.FIXED ? now / MINUTE * MINUTE : now - MINUTE + 1;
            while (!admitted.isEmpty() && admitted.peek()[0] < since) {
                long[] old = admitted.remove();
                requestsLeft += 1;
                tokensLeft += old[1];
            }
        }
        filledAt = now;
        if (requestsLeft >= 1 && tokensLeft >= tokens) {
            requestsLeft -= 1;
            tokensLeft -= tokens;
            admitted.add(new long[] {now, tokens});
            return 0;
        }
        return Math.max(
                1,
                switch (plan.counting()) {
                    case BUCKET ->
                        (long) (MINUTE * Math.max((1 - requestsLeft) / plan.rpm(), (tokens - tokensLeft) / plan.tpm()));
                    case FIXED -> MINUTE - now % MINUTE;
                    case SLIDING -> admitted.element()[0] + MINUTE - now;
                });
    }
}
