package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may go where: first come, first served. One that no endpoint has room for keeps those behind it from overtaking
 * it at the endpoints that it may use. Not thread-safe: {@link TrafficChatApi} guards it.
 */
final class Turns {
    private final List<Lane> lanes; // without those that were given up
    private final TreeMap<Long, Waiter> waiting = new TreeMap<>();
    private long tickets;

    /** A call that waits or is at work; its ticket stays the same while it is moved from one endpoint to another. */
    static final class Waiter {
        final ChatCall call;
        final TokenEstimate cost;
        final Steps<Answer> steps = new Steps<>();
        private final long ticket;
        int moves;

        private Waiter(ChatCall call, TokenEstimate cost, long ticket) {
            this.call = call;
            this.cost = cost;
            this.ticket = ticket;
        }

        /** Whether it may go to another endpoint, since this one's key or address is of no use to anybody. */
        boolean maySwitch(ApiFailure failure, WhenMaybeDone whenMaybeDone) {
            boolean safe = failure.certainty() != Certainty.MAYBE_DONE || whenMaybeDone == WhenMaybeDone.RETRY;
            return safe && !call.heard();
        }

        /** Whether it may go to another endpoint at once: it was surely not done, and not yet tried at each. */
        boolean mayMove(ApiFailure failure, int endpoints, int maxAttempts) {
            String order = failure.headers().firstValue("x-should-retry").orElse("");
            return failure.certainty() != Certainty.MAYBE_DONE
                    && failure.kind().retryable()
                    && !order.strip().equals("false")
                    && !call.heard()
                    && moves < endpoints - 1
                    && call.attempts() < maxAttempts;
        }
    }

    /** One that may go, and its place. */
    record Turn(Waiter waiter, Lane.Place place) {}

    /**
     * Those that may go now, and nanoseconds until the next may, {@link Lane#UNTIL_TOLD} where time alone lets none.
     */
    record Round(List<Turn> turns, long next) {}

    Turns(List<Lane> lanes) {
        this.lanes = new ArrayList<>(lanes);
    }

    /** Lets nobody go there any more, unless it is the last one; returns whether others are left. */
    boolean without(Lane lane) {
        if (lanes.size() == 1 && lanes.contains(lane)) {
            return false;
        }
        lanes.remove(lane);
        return true;
    }

    /** Takes a call, which has to {@link #wait} then. */
    Waiter enter(ChatCall call) {
        return new Waiter(call, TokenEstimate.of(call), tickets++);
    }

    /** Why no endpoint can ever take it, null where one can. */
    @Nullable ApiFailure never(Waiter waiter) {
        if (!lanes.stream().allMatch(lane -> lane.never(waiter.cost))) {
            return null;
        }
        long most = lanes.stream().mapToLong(Lane::tokenLimit).max().orElse(0);
        return ApiFailure.local(
                ApiFailure.Kind.INVALID,
                "The request may take " + waiter.cost.total() + " tokens, more than the " + most
                        + " that may be used in a minute; shorten the prompt, lower maxTokens or n, or raise maxTpm",
                Certainty.NOT_SENT,
                null);
    }

    void wait(Waiter waiter) {
        waiting.put(waiter.ticket, waiter);
    }

    /** Returns whether it was waiting. */
    boolean leave(Waiter waiter) {
        return waiting.remove(waiter.ticket) != null;
    }

    int waiting() {
        return waiting.size();
    }

    /** Where all endpoints rest it is not we who hold the calls back, so their time counts. */
    private void startClocks(long now) {
        if (lanes.stream().allMatch(Lane::resting)) {
            waiting.values().forEach(waiter -> waiter.call.mayGo(now));
        }
    }

    Round round(long now) {
        startClocks(now);
        List<Turn> turns = new ArrayList<>();
        List<Lane> open = new ArrayList<>(lanes);
        long next = Lane.UNTIL_TOLD;
        List<Waiter> gone = new ArrayList<>();
        for (Waiter waiter : waiting.values()) {
            List<Lane> useful = useful(waiter);
            useful.retainAll(open);
            Lane lane = best(useful, waiter, now);
            if (lane != null) {
                turns.add(new Turn(waiter, lane.take(waiter.cost, now)));
                gone.add(waiter);
                continue;
            }
            for (Lane full : useful) {
                next = Math.min(next, full.waitFor(waiter.cost, now));
            }
            open.removeAll(useful);
            if (open.isEmpty()) {
                break;
            }
        }
        gone.forEach(this::leave);
        return new Round(turns, next);
    }

    /** The endpoints that can take it at all, but not the one where it has just failed, if another works. */
    private List<Lane> useful(Waiter waiter) {
        List<Lane> fitting = new ArrayList<>(lanes);
        if (lanes.size() > 1) {
            if (!lanes.stream().allMatch(lane -> lane.never(waiter.cost))) { // else the server may say so
                fitting.removeIf(lane -> lane.never(waiter.cost));
            }
            if (fitting.stream().anyMatch(lane -> lane != waiter.call.failedAt() && !lane.resting())) {
                fitting.removeIf(lane -> lane == waiter.call.failedAt());
            }
        }
        return fitting;
    }

    private static @Nullable Lane best(List<Lane> lanes, Waiter waiter, long now) {
        Lane best = null;
        for (Lane lane : lanes) {
            boolean better = best == null || lane.pressure() < best.pressure();
            if (better && lane.waitFor(waiter.cost, now) == 0) {
                best = lane;
            }
        }
        return best;
    }
}
