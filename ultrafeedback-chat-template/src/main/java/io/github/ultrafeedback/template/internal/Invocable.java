package io.github.ultrafeedback.template.internal;

/** What a template can call. */
interface Invocable {
    Object call(Args args, Budget budget);
}
