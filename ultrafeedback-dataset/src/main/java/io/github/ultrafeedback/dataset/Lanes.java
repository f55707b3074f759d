package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of the models that are asked side by side. Opens a generator, in a thread of its own, when its first call
 * is due, and closes them all. Otherwise for the job's thread alone.
 */
final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private final JobSettings settings;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Consumer<CallEvent> events;
    private boolean cancelled;

    Lanes(JobSettings settings, List<JobModel> models, Consumer<CallEvent> events) {
        this.settings = settings;
        this.events = events;
        models.forEach(model -> lanes.put(model.id(), new Lane(model)));
    }

    Set<String> names() {
        return lanes.keySet();
    }

    void forEach(Consumer<Lane> action) {
        lanes.values().forEach(action);
    }

    void add(PlannedCall call) {
        Objects.requireNonNull(lanes.get(call.address().model()), "lane")
                .waiting
                .add(call);
    }

    int waiting() {
        return lanes.values().stream().mapToInt(lane -> lane.waiting.size()).sum();
    }

    boolean turnedAway() {
        return lanes.values().stream().anyMatch(lane -> !lane.turnedAway.isEmpty());
    }

    /** Whether anything is on its way or wants to be. */
    boolean busy() {
        return lanes.values().stream()
                .anyMatch(lane -> lane.inFlight > 0 || !lane.waiting.isEmpty() || (lane.opening != null && !cancelled));
    }

    void openIfNeeded(Lane lane) {
        if (lane.generator != null || lane.opening != null || lane.waiting.isEmpty()) {
            return;
        }
        CompletableFuture<Generator> opening = new CompletableFuture<>();
        lane.opening = opening;
        Thread thread = new Thread(() -> open(lane, opening), "ultrafeedback-open-" + lane.model.id());
        thread.setDaemon(true);
        thread.start();
    }

    private void open(Lane lane, CompletableFuture<Generator> opening) {
        try {
            opening.complete(open(settings, lane.model));
        } catch (RuntimeException | Error e) { // whatever it is, the job has to hear of it
            opening.completeExceptionally(e);
        }
        CompletableFuture<?> unused = opening.whenComplete(
                (generator, failure) -> events.accept(new CallEvent.Opened(lane, generator, failure)));
    }

    static Generator open(JobSettings settings, JobModel model) {
        if (model.opener() != null) {
            return Objects.requireNonNull(model.opener().get(), "the opener returned null");
        }
        return Generators.forModel(
                model.id(),
                GeneratorOptions.builder().promptProfile(settings.profile).build());
    }

    void forgetWaiting() {
        lanes.values().forEach(lane -> lane.waiting.clear());
    }

    /** Cancels what is with the generators, and waits no longer for any to open. */
    void cancel() {
        if (!cancelled) {
            cancelled = true;
            lanes.values().forEach(lane -> List.copyOf(lane.submitted.values()).forEach(future -> future.cancel(true)));
        }
    }

    boolean cancelled() {
        return cancelled;
    }

    /** What is with the generators ends with them. A generator that does not close in order spoils nothing. */
    @Override
    public void close() {
        for (Lane lane : lanes.values()) {
            if (lane.opening != null) {
                CompletableFuture<?> unused = lane.opening.thenAccept(Generator::close);
            }
            if (lane.generator != null) {
                try {
                    lane.generator.close();
                } catch (RuntimeException e) {
                    LOG.warn("Model {} did not close in order; its answers are kept", lane.model.id(), e);
                }
            }
        }
    }
}
