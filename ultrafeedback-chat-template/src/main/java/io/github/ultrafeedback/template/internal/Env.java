package io.github.ultrafeedback.template.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The variables of one call of a function while rendering. */
final class Env {
    final Object[] slots;
    final Context context;
    final Budget budget;
    private final @Nullable Env outer;

    Env(int size, Context context, Budget budget, @Nullable Env outer) {
        this.slots = new Object[size];
        Arrays.fill(slots, Sentinel.MISSING);
        this.context = context;
        this.budget = budget;
        this.outer = outer;
    }

    /** The variables of the function around this one. */
    Env outer() {
        if (outer == null) {
            throw new IllegalStateException("no function around");
        }
        return outer;
    }
}
