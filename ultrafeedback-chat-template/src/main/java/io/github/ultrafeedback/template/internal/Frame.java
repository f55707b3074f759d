package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scope while compiling: its names, and the function whose slots hold its variables. */
final class Frame {
    /** A step that gives a variable its first value when a scope is entered. */
    interface Step {
        void run(Env env);
    }

    /** The slots of one function: the template, a macro, a recursive loop, a loop's filter. */
    static final class Function {
        private final @Nullable Function outer;
        private final Map<String, Integer> slots = new HashMap<>();

        Function(@Nullable Function outer) {
            this.outer = outer;
        }

        int size() {
            return slots.size();
        }

        int allocate(String variable) {
            return slots.computeIfAbsent(variable, key -> slots.size());
        }
    }

    final Function function;
    final Symbols symbols;
    final boolean toplevel;
    /** Unknown filters and tests are errors only when they run. */
    final boolean soft;
    /** Constants are being folded: whatever is no constant cannot be. */
    final boolean folding;
    /** {@code break} and {@code continue} have a loop of this function around them. */
    final boolean inLoop;

    private Frame(Function function, Symbols symbols, boolean toplevel, boolean soft, boolean folding, boolean inLoop) {
        this.function = function;
        this.symbols = symbols;
        this.toplevel = toplevel;
        this.soft = soft;
        this.folding = folding;
        this.inLoop = inLoop;
    }

    static Frame root(boolean toplevel) {
        return new Frame(new Function(null), Symbols.root(), toplevel, false, false, false);
    }

    static Frame fold() {
        return new Frame(new Function(null), Symbols.root(), false, true, true, false);
    }

    Frame inner() {
        return new Frame(function, symbols.inner(), false, false, false, inLoop);
    }

    Frame innerLoop() {
        return new Frame(function, symbols.inner(), false, false, false, true);
    }

    Frame innerFunction(boolean loop) {
        return new Frame(new Function(function), symbols.inner(), false, false, false, loop);
    }

    /** This scope in a function of its own inside the function of another. */
    Frame inside(Frame around) {
        return new Frame(new Function(around.function), symbols, false, false, false, false);
    }

    /** The scope that an else branch of a loop in this function has: outside of that loop. */
    Frame siblingOutsideLoop(Frame around) {
        return new Frame(
                function, around.symbols.inner(), false, false, false, function == around.function && around.inLoop);
    }

    Frame softened() {
        return folding ? this : new Frame(function, symbols.copy(), toplevel, true, false, inLoop);
    }

    /** Gives every variable of this scope a slot, and returns the steps that start them. */
    List<Step> enter() {
        List<Step> steps = new ArrayList<>();
        symbols.loads().forEach((variable, load) -> {
            int slot = function.allocate(variable);
            switch (load.origin()) {
                case PARAMETER -> {}
                case RESOLVE -> steps.add(env -> env.slots[slot] = env.context.resolve(load.from()));
                case UNDEFINED -> steps.add(env -> env.slots[slot] = Sentinel.MISSING);
                case ALIAS -> {
                    Place from = place(load.from());
                    steps.add(env -> env.slots[slot] = from.get(env));
                }
            }
        });
        return steps;
    }

    /** Takes the variables of this scope away. */
    Step leave() {
        int[] slots =
                symbols.loads().keySet().stream().mapToInt(function::allocate).toArray();
        return env -> {
            for (int slot : slots) {
                env.slots[slot] = Sentinel.MISSING;
            }
        };
    }

    /** Where a name's variable is, seen from this function. */
    Place placeOf(String name) {
        return place(symbols.variable(name));
    }

    private Place place(String variable) {
        int hops = 0;
        for (Function at = function; at != null; at = at.outer) {
            Integer slot = at.slots.get(variable);
            if (slot != null) {
                return new Place(hops, slot);
            }
            hops++;
        }
        return new Place(0, function.allocate(variable));
    }

    /** A variable: how many functions out, and which slot there. */
    record Place(int hops, int slot) {
        Object get(Env env) {
            Env at = env;
            for (int i = 0; i < hops; i++) {
                at = at.outer();
            }
            return at.slots[slot];
        }

        void set(Env env, Object value) {
            Env at = env;
            for (int i = 0; i < hops; i++) {
                at = at.outer();
            }
            at.slots[slot] = value;
        }
    }
}
