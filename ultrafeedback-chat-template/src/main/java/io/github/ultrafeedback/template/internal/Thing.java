package io.github.ultrafeedback.template.internal;

import org.jspecify.annotations.Nullable;

/** An object with attributes of its own: a namespace, a loop, a cycler. */
interface Thing {
    /** The value of an attribute, null if there is none of that name. */
    @Nullable Object attribute(String name);

    String typeName();

    /** How Python prints it, null where that holds an address and so cannot be repeated. */
    @Nullable String repr(Budget budget);
}
