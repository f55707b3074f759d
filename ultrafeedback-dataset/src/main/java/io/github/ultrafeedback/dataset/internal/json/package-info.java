/**
 * JSON in and out: rows as text that keeps every byte that matters, the writer that is byte-equal with Python's, and
 * completions as the journal keeps them.
 *
 * <p>Open {@link io.github.ultrafeedback.dataset.internal.json.JsonText} first.
 */
@NullMarked
package io.github.ultrafeedback.dataset.internal.json;

import org.jspecify.annotations.NullMarked;
