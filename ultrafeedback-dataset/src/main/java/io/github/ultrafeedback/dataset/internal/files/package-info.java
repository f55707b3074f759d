/**
 * The files of a job other than its journal: the lock, and what an export writes.
 *
 * <p>Open {@link io.github.ultrafeedback.dataset.internal.files.JobFiles} first.
 */
@NullMarked
package io.github.ultrafeedback.dataset.internal.files;

import org.jspecify.annotations.NullMarked;
