/**
 * Chat messages and the built-in formats that turn them into the text a model was trained on.
 *
 * <p>Open {@link io.github.ultrafeedback.chat.PromptFormat} first.
 */
@NullMarked
package io.github.ultrafeedback.chat;

import org.jspecify.annotations.NullMarked;
