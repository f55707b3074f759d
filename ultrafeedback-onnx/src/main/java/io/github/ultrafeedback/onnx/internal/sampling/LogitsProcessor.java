package io.github.ultrafeedback.onnx.internal.sampling;

/** One step on the way from the logits to a token: changes the row of one sequence before the draw. */
@FunctionalInterface
interface LogitsProcessor {
    /**
     * Changes {@code logits} in place, and allocates nothing once its scratch space has grown. A NaN or infinite logit
     * passes through: the draw reports it.
     *
     * @param logits shape {@code [vocab]}, unnormalised; a token set to negative infinity is never drawn
     * @param position how many tokens the choice already holds
     * @param workspace scratch space of the calling thread
     */
    void process(float[] logits, int position, SamplingWorkspace workspace);
}
