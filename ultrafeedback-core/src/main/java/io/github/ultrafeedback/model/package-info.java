/**
 * The models of UltraFeedback, with the prompt format, stops and context of each, and what the original did to answers.
 *
 * <p>Open {@link io.github.ultrafeedback.model.UltraFeedbackModels} first.
 */
@NullMarked
package io.github.ultrafeedback.model;

import org.jspecify.annotations.NullMarked;
