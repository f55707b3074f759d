package io.github.ultrafeedback.template.internal;

/** Values that stand for the absence of one: Python's {@code None}, and a variable or argument never given. */
enum Sentinel {
    NONE,
    MISSING
}
