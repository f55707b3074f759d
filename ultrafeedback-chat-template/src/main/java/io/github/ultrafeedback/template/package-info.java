/**
 * Chat templates: a strict interpreter of the Jinja dialect that Hugging Face models bring their prompt formats in.
 *
 * <p>Open {@link io.github.ultrafeedback.template.ChatTemplate} first. Its output equals that of Python's jinja2 3.1 as
 * the transformers library sets it up, or an exception says where and why there is none.
 */
@NullMarked
package io.github.ultrafeedback.template;

import org.jspecify.annotations.NullMarked;
