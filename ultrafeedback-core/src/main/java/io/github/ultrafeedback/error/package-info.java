/**
 * What can go wrong with one prompt, split by what the caller can do about it.
 *
 * <p>Open {@link io.github.ultrafeedback.error.GenerationException} first: its
 * {@link io.github.ultrafeedback.error.GenerationException#retryable() retryable} and
 * {@link io.github.ultrafeedback.error.GenerationException#certainty() certainty} say whether to try again and whether
 * that may be paid for twice.
 */
@NullMarked
package io.github.ultrafeedback.error;

import org.jspecify.annotations.NullMarked;
