/**
 * The interpreter behind {@link io.github.ultrafeedback.template}. Open {@code Program} first: it parses
 * ({@code Lexer}, {@code Parser}), resolves names to slots ({@code StatementCompiler}, {@code Symbols}) and runs.
 * Values are {@code Text}, {@code Items}, {@code Dict}, boxed numbers and booleans, and {@code Sentinel.NONE}.
 */
@NullMarked
package io.github.ultrafeedback.template.internal;

import org.jspecify.annotations.NullMarked;
