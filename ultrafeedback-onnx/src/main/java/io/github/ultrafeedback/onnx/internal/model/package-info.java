/**
 * From a model folder to logits: reads the folder, opens the graph on ONNX Runtime, keeps the KV cache. Not part of the
 * public API: sibling modules alone may use it.
 *
 * <p>Open {@link io.github.ultrafeedback.onnx.internal.model.ModelFolder} first (what a folder says), then
 * {@link io.github.ultrafeedback.onnx.internal.model.OnnxRuntime} (opens the graph), then
 * {@link io.github.ultrafeedback.onnx.internal.model.Decoder} (one sequence through it).
 */
@NullMarked
package io.github.ultrafeedback.onnx.internal.model;

import org.jspecify.annotations.NullMarked;
