package io.github.ultrafeedback.onnx.internal.sampling;

import java.util.List;

/**
 * What the model found likely at one position, before bias, penalties, temperature and truncation.
 *
 * @param drawn the token that was drawn
 * @param top as many of the likeliest tokens as were asked for, best first, ties by the lowest id; the drawn one is
 *     among them if it is that likely
 */
public record PositionLogprobs(IdLogprob drawn, List<IdLogprob> top) {
    /** Copies the list. */
    public PositionLogprobs {
        top = List.copyOf(top);
    }
}
