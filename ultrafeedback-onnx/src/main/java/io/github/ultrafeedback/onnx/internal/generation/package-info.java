/**
 * What the backends that run a model in this process share: the opened model, the way from a prompt to its tokens, and
 * from the tokens that were drawn to a choice. Both backends build on it, so both give equal completions.
 *
 * <p>Open {@link io.github.ultrafeedback.onnx.internal.generation.LoadedModel} first, then
 * {@link io.github.ultrafeedback.onnx.internal.generation.ChoiceLimits} and
 * {@link io.github.ultrafeedback.onnx.internal.generation.ChoiceText}: a token passes through them in that order.
 * Public for the sibling batch module alone: none of this is promised to users.
 */
@NullMarked
package io.github.ultrafeedback.onnx.internal.generation;

import org.jspecify.annotations.NullMarked;
