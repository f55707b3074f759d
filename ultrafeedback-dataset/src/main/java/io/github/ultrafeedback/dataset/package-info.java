/**
 * The dataset job: rows times models times samples in, UltraFeedback records out. Every answer is kept in a journal
 * before it counts, so that a crash loses none and asks none twice.
 *
 * <p>Open {@link io.github.ultrafeedback.dataset.GenerationJob} first, then {@code JobRun}.
 */
@NullMarked
package io.github.ultrafeedback.dataset;

import org.jspecify.annotations.NullMarked;
