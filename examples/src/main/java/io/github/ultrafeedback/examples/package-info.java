/**
 * The programs that the README runs. Open {@link io.github.ultrafeedback.examples.Quickstart} first; then
 * {@link io.github.ultrafeedback.examples.OwnBackend} for a backend of your own.
 */
@NullMarked
package io.github.ultrafeedback.examples;

import org.jspecify.annotations.NullMarked;
