/**
 * How a token is drawn from a row of logits. Open {@link io.github.ultrafeedback.onnx.internal.sampling.TokenSampler}
 * first, then {@code SoftmaxDraw}, which says why a token is the same on every machine and with or without the Vector
 * API. Each {@code LogitsProcessor} is one step of vLLM's order; {@code ProcessorChain} is that order.
 *
 * <p>Public for our sibling modules alone; no promise to users.
 */
@NullMarked
package io.github.ultrafeedback.onnx.internal.sampling;

import org.jspecify.annotations.NullMarked;
