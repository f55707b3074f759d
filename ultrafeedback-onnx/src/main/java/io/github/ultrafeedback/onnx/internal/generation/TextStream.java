package io.github.ultrafeedback.onnx.internal.generation;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.TokenListener;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.onnx.internal.text.Detokenizer;
import io.github.ultrafeedback.onnx.internal.text.StopMatcher;
import org.jspecify.annotations.Nullable;

/** The text of one choice as it grows: whole characters, without its stop string, told to the listener as decided. */
final class TextStream {
    private final Detokenizer detokenizer;
    private final StopMatcher stops;
    private final TextProfile profile;
    private final int minTokens;
    private final int choice;
    private final @Nullable TokenListener listener;
    private final StringBuilder text = new StringBuilder();
    private boolean armed; // stop strings count

    /** Takes the parameters that take effect, which may hold more stops than the request's. */
    TextStream(
            Detokenizer detokenizer,
            SamplingParams params,
            TextProfile profile,
            int choice,
            @Nullable TokenListener listener) {
        this.detokenizer = detokenizer;
        this.stops = new StopMatcher(params.stop(), params.includeStop());
        this.profile = profile;
        this.minTokens = params.minTokens();
        this.choice = choice;
        this.listener = listener;
    }

    /** Takes the token and how many have been drawn, itself included. */
    void append(int id, int drawn) {
        armed = drawn > minTokens;
        add(stops.append(detokenizer.append(id), armed));
    }

    boolean stopped() {
        return stops.matched() != null;
    }

    /** The stop string that ended the text, or null. */
    @Nullable String matched() {
        return stops.matched();
    }

    /** Gives out what was held back and returns the whole text. */
    String finish() {
        if (!stopped()) {
            add(stops.append(detokenizer.flush(), armed)); // whole characters may wait before half a one
            if (!stopped()) {
                add(stops.flush());
            }
        }
        String whole = profile.finish().apply(text.toString());
        if (!profile.streams()) {
            tell(whole);
        }
        return whole;
    }

    private void add(String delta) {
        text.append(delta);
        if (profile.streams()) {
            tell(delta);
        }
    }

    private void tell(String delta) {
        if (listener == null || delta.isEmpty()) {
            return;
        }
        try {
            listener.onText(choice, delta);
        } catch (Exception e) { // checked ones too: other languages throw them
            throw new GenerationException(
                    "The request's TokenListener threw " + e.getClass().getName() + "; see the cause.",
                    e,
                    false,
                    Certainty.MAYBE_DONE);
        }
    }
}
