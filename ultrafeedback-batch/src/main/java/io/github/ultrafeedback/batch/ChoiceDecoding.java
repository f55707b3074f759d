package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.onnx.internal.generation.ChoiceLimits;
import io.github.ultrafeedback.onnx.internal.generation.ChoiceText;
import io.github.ultrafeedback.onnx.internal.generation.TokenVerdict;
import io.github.ultrafeedback.onnx.internal.sampling.PositionLogprobs;
import io.github.ultrafeedback.onnx.internal.sampling.SamplingWorkspace;
import io.github.ultrafeedback.onnx.internal.sampling.TokenSampler;
import java.nio.FloatBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Draws one choice in two halves. The engine's thread draws tokens and judges them by their ids; the request's lane
 * makes them text and looks for stop strings, a little later. What was drawn past a stop string is dropped there, so
 * the choice is the same as if nothing had been drawn.
 */
final class ChoiceDecoding implements Decoding {
    private final Call call;
    private final Calls calls;
    private final int index;
    private final TokenSampler sampler;
    private final SamplingWorkspace workspace;
    private final ChoiceLimits limits;
    private final ChoiceText text;
    private final boolean heard; // somebody must see each token at once
    private final Queue<Drawn> drawn = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean reading = new AtomicBoolean();
    private boolean ended; // engine thread
    private long firstNanos; // engine thread
    private volatile boolean stopped; // by the lane

    /** A token on its way from the engine to the lane. */
    private record Drawn(
            int id, TokenVerdict verdict, @Nullable PositionLogprobs position) {}

    /** Takes the two halves; the sampler and limits go to the engine's thread, the text to the lane. */
    ChoiceDecoding(
            Call call,
            Calls calls,
            int index,
            TokenSampler sampler,
            SamplingWorkspace workspace,
            ChoiceLimits limits,
            ChoiceText text) {
        this.call = call;
        this.calls = calls;
        this.index = index;
        this.sampler = sampler;
        this.workspace = workspace;
        this.limits = limits;
        this.text = text;
        this.heard = call.job().request().listener() != null
                || !call.job().params().stop().isEmpty();
    }

    @Override
    public boolean over() {
        return ended || stopped || call.over();
    }

    @Override
    public void begun() {
        if (call.begin()) {
            calls.started(call);
        }
    }

    @Override
    public int next(FloatBuffer logits) {
        int id = sampler.next(logits, workspace);
        TokenVerdict verdict = limits.judge(id);
        boolean first = limits.drawn() == 1;
        measure(first, verdict);
        drawn.add(new Drawn(id, verdict, sampler.logprobs().orElse(null)));
        if (first && index == 0) {
            calls.firstToken(call);
        }
        if ((heard || verdict.ends()) && reading.compareAndSet(false, true)) {
            calls.handOver(call, this::read);
        }
        ended = verdict.ends();
        return ended ? END : id;
    }

    private void measure(boolean first, TokenVerdict verdict) {
        calls.meter().drew(); // before the token goes out, so that a caller who has its answer finds it counted
        long now = first || verdict.ends() ? System.nanoTime() : 0;
        if (first) {
            firstNanos = now;
        }
        if (verdict.ends()) {
            calls.meter().choiceEnded(limits.drawn() - 1, now - firstNanos);
        }
    }

    /** On the lane. */
    private void read() {
        reading.set(false); // first, so that a token added from now on finds its reader
        try {
            for (Drawn next = drawn.poll(); next != null && !stopped && !call.over(); next = drawn.poll()) {
                Choice choice = text.append(next.id(), next.verdict(), next.position());
                if (choice != null) {
                    stopped = true;
                    calls.ended(call, choice);
                }
            }
        } catch (Throwable e) { // the request's listener, for one
            calls.fail(call, e);
        }
    }

    @Override
    public void fail(Throwable cause) {
        call.cancel();
        calls.handOver(call, () -> calls.fail(call, cause));
    }
}
