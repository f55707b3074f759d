/**
 * What a job has asked, been answered and failed at, in one SQLite file. {@code docs/journal-format.md} describes it.
 *
 * <p>Open {@link io.github.ultrafeedback.dataset.internal.journal.Journal} first.
 */
@NullMarked
package io.github.ultrafeedback.dataset.internal.journal;

import org.jspecify.annotations.NullMarked;
