/**
 * Continuous batching: many prompts run through one model at once, on ONNX Runtime in this process. Requests come and
 * go at every step, and each gets the tokens that it would get alone.
 *
 * <p>Open {@link io.github.ultrafeedback.batch.BatchGenerator} first, then
 * {@link io.github.ultrafeedback.batch.BatchSettings}. Inside, start with {@code Engine.step}: it is the whole story.
 */
@NullMarked
package io.github.ultrafeedback.batch;

import org.jspecify.annotations.NullMarked;
