/**
 * Asks OpenAI, and every server that speaks its API: chat and legacy completions, streaming, retries that never pay
 * twice unseen.
 *
 * <p>Users open {@link io.github.ultrafeedback.openai.OpenAiSettings}. Authors open {@code OpenAiGenerator}, where the
 * layers between a prompt and the network are stacked, then {@code ChatApi}, which each of them is.
 */
@NullMarked
package io.github.ultrafeedback.openai;

import org.jspecify.annotations.NullMarked;
