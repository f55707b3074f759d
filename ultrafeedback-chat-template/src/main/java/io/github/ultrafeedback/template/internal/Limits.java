package io.github.ultrafeedback.template.internal;

/**
 * What one rendering may use.
 *
 * @param chars UTF-16 units of the output, and of any one string
 * @param iterations loop iterations, and elements of sequences that the template makes
 * @param depth nested macro calls
 * @param nanos time in nanoseconds
 */
public record Limits(int chars, long iterations, int depth, long nanos) {}
