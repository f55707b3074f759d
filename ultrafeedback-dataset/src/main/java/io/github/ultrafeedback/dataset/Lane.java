package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.Generator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One model's calls on their way. Touched by the job's thread alone. */
final class Lane {
    final JobModel model;

    /** Planned, and no intent written yet. */
    final Deque<PlannedCall> waiting = new ArrayDeque<>();

    /** Their intent is written, but the generator's queue was full. */
    final Deque<PlannedCall> turnedAway = new ArrayDeque<>();

    /** With the generator. */
    final Map<PlannedCall, CompletableFuture<Completion>> submitted = new HashMap<>();

    @Nullable CompletableFuture<Generator> opening;

    @Nullable Generator generator;

    int inFlight; // from the intent's append to the end's commit

    Lane(JobModel model) {
        this.model = model;
    }

    boolean hasRoom(int window) {
        return generator != null && inFlight < Math.min(window, Math.max(1, generator.window()));
    }
}
