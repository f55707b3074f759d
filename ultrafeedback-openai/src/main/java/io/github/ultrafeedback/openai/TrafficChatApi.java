package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.openai.Turns.Turn;
import io.github.ultrafeedback.openai.Turns.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets each request wait for its turn, and sends it to the least loaded endpoint; one that has surely done nothing is
 * moved to another at once. No thread waits: whoever gives back a place, or a timer, sends those whose turn it is.
 */
final class TrafficChatApi implements ChatApi, AutoCloseable {
    private static final Turns.Round NOTHING = new Turns.Round(List.of(), Lane.UNTIL_TOLD);

    private final OpenAiSettings settings;
    private final Time time;
    private final RunEnd runEnd;
    private final TrafficNews news;
    private final List<Lane> lanes;
    private final Turns turns; // guarded by this, as are the lanes and the next four
    private @Nullable CompletableFuture<Void> alarm;
    private long alarmAt;
    private long lastRung;
    private boolean stopped;
    private final Runnable retune = this::retune;
    private final OneAtATime looks = new OneAtATime(this::look);

    /** Takes what asks each endpoint, in their order. */
    TrafficChatApi(List<ChatApi> apis, OpenAiSettings settings, Time time, RunEnd runEnd) {
        this.settings = settings;
        this.time = time;
        this.runEnd = runEnd;
        this.news = new TrafficNews(settings.traffic().listener());
        this.lastRung = time.nanos();
        List<OpenAiEndpoint> endpoints = settings.traffic().places();
        List<Lane> made = new ArrayList<>();
        for (int i = 0; i < apis.size(); i++) {
            made.add(new Lane(endpoints.get(i), apis.get(i), settings, apis.size() > 1, lastRung));
        }
        this.lanes = List.copyOf(made);
        this.turns = new Turns(lanes);
        settings.traffic().limits().watch(retune);
    }

    @Override
    public CompletableFuture<Answer> send(ChatCall call) {
        Waiter waiter;
        Turn turn = null;
        synchronized (this) {
            waiter = turns.enter(call);
            ApiFailure never = turns.never(waiter);
            if (never != null) {
                return CompletableFuture.failedFuture(never);
            }
            boolean first = turns.waiting() == 0;
            turns.wait(waiter);
            if (first && !stopped) { // as nearly always: then it is this thread that sends
                List<Turn> alone = turns.round(now()).turns();
                turn = alone.isEmpty() ? null : alone.get(0);
            }
        }
        CompletableFuture<?> unused = waiter.steps.result().whenComplete((answer, failure) -> leave(waiter));
        if (turn != null) {
            dispatch(turn);
        } else {
            pump();
        }
        return waiter.steps.result();
    }

    /** Does nothing unless it was cancelled while it waited. */
    private void leave(Waiter waiter) {
        boolean waited;
        synchronized (this) {
            waited = turns.leave(waiter);
        }
        if (waited) {
            pump();
        }
    }

    private void dispatch(Turn turn) {
        Waiter waiter = turn.waiter();
        waiter.call.mayGo(time.nanos());
        if (waiter.steps.ended()) {
            synchronized (this) {
                turn.place().lane().left(turn.place(), false);
            }
            pump();
            return;
        }
        CompletableFuture<?> unused = waiter.steps.at(ask(turn)).whenComplete((answer, thrown) -> {
            if (thrown == null) {
                answered(turn, answer);
            } else {
                failed(turn, ApiFailure.of(thrown));
            }
            pump();
        });
    }

    private static CompletableFuture<Answer> ask(Turn turn) {
        try {
            return turn.place().lane().api().send(turn.waiter().call);
        } catch (Throwable e) { // of a PromptFormat that is the caller's own; the others must have their turn
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answered(Turn turn, Answer answer) {
        synchronized (this) {
            turn.place().lane().succeeded(turn.place(), answer.headers(), now());
        }
        turn.waiter().steps.succeed(answer);
    }

    private void failed(Turn turn, ApiFailure failure) {
        Waiter waiter = turn.waiter();
        Lane lane = turn.place().lane();
        boolean useless; // this endpoint, but not the others
        boolean first;
        boolean moved;
        synchronized (this) {
            if (waiter.steps.ended()) {
                lane.left(turn.place(), true);
                return;
            }
            long now = now();
            lane.failed(turn.place(), failure, time.now(), settings.maxRetryDelay(), now);
            waiter.call.failedAt(lane);
            useless = failure.kind().endsRun() && runEnd.cause() == null && turns.without(lane);
            first = useless && lane.giveUp();
            boolean switches = useless && waiter.maySwitch(failure, settings.whenMaybeDone());
            moved = switches || mayMove(waiter, lane, failure, now);
        }
        if (first) {
            news.gaveUp(lane.name(), failure);
        }
        if (!moved) {
            waiter.steps.fail(useless ? failure.ofOneEndpoint() : failure);
            return;
        }
        waiter.moves++;
        waiter.call.moved();
        waiter.call.events().retried(waiter.call.attempts(), Duration.ZERO, failure);
        synchronized (this) {
            turns.wait(waiter);
        }
        if (waiter.steps.ended()) { // cancelled since
            leave(waiter);
        }
    }

    private boolean mayMove(Waiter waiter, Lane lane, ApiFailure failure, long now) {
        return runEnd.cause() == null
                && waiter.mayMove(failure, lanes.size(), settings.maxAttempts())
                && lanes.stream().anyMatch(other -> other != lane && other.ready(now) && !other.never(waiter.cost));
    }

    /** Sends those whose turn it is. */
    private void pump() {
        looks.run();
    }

    private void look() {
        Turns.Round round;
        List<OpenAiLoad> loads = new ArrayList<>();
        synchronized (this) {
            round = stopped ? NOTHING : turns.round(now());
            for (Lane lane : lanes) {
                OpenAiLoad load = lane.news(turns.waiting());
                if (load != null) {
                    loads.add(load);
                }
            }
        }
        loads.forEach(news::tell);
        round.turns().forEach(this::dispatch);
        wake(round.next());
    }

    /** Sees to it that somebody looks again by then. Called by one thread at a time. */
    private void wake(long nanos) {
        if (nanos == Lane.UNTIL_TOLD) {
            return;
        }
        CompletableFuture<Void> next;
        long at;
        synchronized (this) {
            at = now() + nanos;
            if (alarm != null && !alarm.isDone()) {
                if (alarmAt - at <= 0) {
                    return; // whoever it wakes looks again
                }
                alarm.cancel(false);
            }
            next = time.timer(Duration.ofNanos(nanos));
            alarm = next;
            alarmAt = at;
        }
        CompletableFuture<?> unused = next.thenRun(() -> rung(at));
    }

    private void rung(long at) {
        synchronized (this) {
            lastRung = at - lastRung > 0 ? at : lastRung;
        }
        pump();
    }

    /** A timer that has rung shows how late it is at least, whatever the clock says. */
    private long now() {
        long clock = time.nanos();
        return clock - lastRung > 0 ? clock : lastRung;
    }

    private void retune() {
        synchronized (this) {
            lanes.forEach(lane -> lane.retune(now()));
        }
        pump();
    }

    /** Sends no more, so that no place that is given back lets another begin. */
    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
        }
        settings.traffic().limits().forget(retune);
    }
}
