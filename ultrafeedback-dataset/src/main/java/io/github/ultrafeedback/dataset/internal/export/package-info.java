/**
 * From the journal to the files that users read: records, provenance, failures.
 *
 * <p>Open {@link io.github.ultrafeedback.dataset.internal.export.Export} first.
 */
@NullMarked
package io.github.ultrafeedback.dataset.internal.export;

import org.jspecify.annotations.NullMarked;
