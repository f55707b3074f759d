package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}, and the iteration behind it: it may look one item ahead. Not thread-safe. */
final class Loop implements Thing, Invocable {
    private static final Object NOTHING = Sentinel.MISSING;

    private final @Nullable Recursion recursion;
    private final Budget budget;
    private final long depth0;
    private final int known;
    private Iterator<Object> items;
    private long index0 = -1;
    private long length = -1;
    private Object after = NOTHING;
    private Object current = NOTHING;
    private Object before = NOTHING;
    private Object changed = NOTHING;

    Loop(Object iterable, @Nullable Recursion recursion, long depth0, Budget budget) {
        this.known = Sequences.size(iterable);
        this.items = Sequences.iterator(iterable);
        this.recursion = recursion;
        this.depth0 = depth0;
        this.budget = budget;
    }

    /** Runs the body of a recursive loop over other items. */
    interface Recursion {
        Text run(Object items, long depth);
    }

    boolean advance() {
        Object next = peek();
        if (next == NOTHING) {
            return false;
        }
        after = NOTHING;
        index0++;
        before = current;
        current = next;
        return true;
    }

    Object current() {
        return current;
    }

    private Object peek() {
        if (after == NOTHING && items.hasNext()) {
            after = items.next();
        }
        return after;
    }

    long length() {
        if (length < 0 && known >= 0) {
            length = known;
        }
        if (length < 0) {
            List<Object> rest = new ArrayList<>();
            while (items.hasNext()) {
                budget.step();
                rest.add(items.next());
            }
            items = rest.iterator();
            length = rest.size() + index0 + 1 + (after == NOTHING ? 0 : 1);
        }
        return length;
    }

    @Override
    public @Nullable Object attribute(String name) {
        return switch (name) {
            case "index" -> index0 + 1;
            case "index0" -> index0;
            case "first" -> index0 == 0;
            case "last" -> peek() == NOTHING;
            case "length" -> length();
            case "revindex" -> length() - index0;
            case "revindex0" -> length() - index0 - 1;
            case "depth" -> depth0 + 1;
            case "depth0" -> depth0;
            case "previtem" -> index0 == 0 ? new Undefined("there is no previous item") : before;
            case "nextitem" -> peek() == NOTHING ? new Undefined("there is no next item") : peek();
            case "cycle" -> (Invocable) this::cycle;
            case "changed" -> (Invocable) this::changed;
            default -> null;
        };
    }

    private Object cycle(Args args, Budget ignored) {
        if (args.size() == 0 || !args.named().isEmpty()) {
            throw Failure.type("loop.cycle() takes at least one item and no names");
        }
        return args.positional().get((int) (index0 % args.size()));
    }

    private Object changed(Args args, Budget budget) {
        if (!args.named().isEmpty()) {
            throw Failure.type("loop.changed() takes no names");
        }
        Items now = new Items(args.positional(), true);
        if (changed != NOTHING && Compare.equal(changed, now, budget)) {
            return false;
        }
        changed = now;
        return true;
    }

    @Override
    public Object call(Args args, Budget ignored) {
        if (recursion == null) {
            throw Failure.type("The loop must have the 'recursive' marker to be called recursively.");
        }
        boolean named =
                args.size() == 0 && args.named().size() == 1 && args.named().containsKey("iterable");
        if (!named && (args.size() != 1 || !args.named().isEmpty())) {
            throw Failure.type("loop() takes one iterable");
        }
        Object iterable = named
                ? args.named().values().iterator().next()
                : args.positional().get(0);
        return recursion.run(iterable, depth0 + 1);
    }

    @Override
    public String typeName() {
        return "LoopContext";
    }

    @Override
    public String repr(Budget ignored) {
        return "<LoopContext " + (index0 + 1) + "/" + length() + ">";
    }
}
