package io.github.ultrafeedback.template.internal;

/** The value of what is not there: empty when printed or iterated, false, an error in all else. */
record Undefined(String reason) {
    static Undefined variable(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    static Undefined attribute(Object owner, Object name) {
        String shown = name instanceof String text ? "'" + text + "'" : "with this key";
        return new Undefined("'" + Types.name(owner) + "' has no attribute or element " + shown);
    }

    static Undefined unsafe(Object owner, String name) {
        return new Undefined("access to attribute '" + name + "' of '" + Types.name(owner) + "' is unsafe");
    }

    Failure failure() {
        return Failure.render(reason);
    }
}
