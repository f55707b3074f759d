package io.github.ultrafeedback.onnx.internal.sampling;

/**
 * A token and how likely the model found it.
 *
 * @param id the token
 * @param logprob natural logarithm of its probability before any processor; at most 0, negative infinity for none
 */
public record IdLogprob(int id, double logprob) {}
