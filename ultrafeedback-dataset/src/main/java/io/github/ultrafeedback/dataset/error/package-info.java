/**
 * What can keep a whole job from running. One bad row or call never does; it ends up among the job's failures.
 *
 * <p>Open {@link io.github.ultrafeedback.dataset.error.JobException} first.
 */
@NullMarked
package io.github.ultrafeedback.dataset.error;

import org.jspecify.annotations.NullMarked;
