/**
 * Text to tokens and back: the tokenizer of a model folder, the incremental detokenizer and the stop matcher.
 *
 * <p>Open {@link io.github.ultrafeedback.onnx.internal.text.Tokenizer} first, then
 * {@link io.github.ultrafeedback.onnx.internal.text.Detokenizer} and
 * {@link io.github.ultrafeedback.onnx.internal.text.StopMatcher}: a choice's tokens pass through them in that order.
 * Public for the sibling batch module alone: none of this is promised to users.
 */
@NullMarked
package io.github.ultrafeedback.onnx.internal.text;

import org.jspecify.annotations.NullMarked;
