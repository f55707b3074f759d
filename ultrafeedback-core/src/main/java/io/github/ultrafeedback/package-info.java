/**
 * The contract between callers and backends: prompts in, completions out.
 *
 * <p>Open {@link io.github.ultrafeedback.Generator} first, then {@link io.github.ultrafeedback.Prompt},
 * {@link io.github.ultrafeedback.SamplingParams} and {@link io.github.ultrafeedback.Completion}; callers start at
 * {@link io.github.ultrafeedback.Generators}, authors of a backend at
 * {@link io.github.ultrafeedback.GeneratorProvider}.
 */
@NullMarked
package io.github.ultrafeedback;

import org.jspecify.annotations.NullMarked;
