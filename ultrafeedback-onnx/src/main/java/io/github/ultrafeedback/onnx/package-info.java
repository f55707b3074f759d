/**
 * Runs a language model in this process on ONNX Runtime, one prompt at a time: the part that the Hugging Face pipeline
 * plays in the original.
 *
 * <p>Open {@link io.github.ultrafeedback.onnx.OnnxGenerator} first, then
 * {@link io.github.ultrafeedback.onnx.OnnxSettings}. Callers rarely name either: {@code Generators.forModel("onnx:" +
 * folder)} finds the provider.
 */
@NullMarked
package io.github.ultrafeedback.onnx;

import org.jspecify.annotations.NullMarked;
