package io.github.ultrafeedback;

/**
 * Marks the settings of one backend, so that {@link GeneratorOptions} can carry them to it. Each backend has one type
 * of its own and takes no other; one set of options may hold settings for several backends.
 */
public interface BackendSettings {}
