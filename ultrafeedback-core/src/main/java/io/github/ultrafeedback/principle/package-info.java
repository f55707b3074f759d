/**
 * The principles of UltraFeedback: the system messages that ask a model to be helpful, truthful, honest and so on, and
 * the draw that gives each completion one of them.
 *
 * <p>Open {@link io.github.ultrafeedback.principle.Principles} first.
 */
@NullMarked
package io.github.ultrafeedback.principle;

import org.jspecify.annotations.NullMarked;
