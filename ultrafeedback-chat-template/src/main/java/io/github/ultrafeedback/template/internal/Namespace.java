package io.github.ultrafeedback.template.internal;

import org.jspecify.annotations.Nullable;

/** The one object that a template can change: {@code namespace(...)}. Not thread-safe. */
final class Namespace implements Thing {
    private final Dict attributes = new Dict();

    /** What {@code namespace(...)} makes: from one mapping or pairs, and names, as {@code dict(...)}. */
    static Namespace of(Args args, Budget budget) {
        Namespace namespace = new Namespace();
        namespace.attributes.putAll(Globals.dict(args, budget));
        return namespace;
    }

    void set(Text name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public @Nullable Object attribute(String name) {
        return attributes.get(name);
    }

    @Override
    public String typeName() {
        return "Namespace";
    }

    @Override
    public String repr(Budget budget) {
        budget.enter();
        String shown = "<Namespace " + Repr.repr(attributes, budget) + ">";
        budget.leave();
        return shown;
    }
}
