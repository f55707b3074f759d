package io.github.ultrafeedback.template.internal;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that every template knows. */
final class Globals {
    private static final Map<String, Object> FIXED = Map.of(
            "range", (Invocable) (args, budget) -> range(args),
            "dict", new DictType(),
            "namespace", (Invocable) Namespace::of,
            "cycler", (Invocable) (args, budget) -> new Cycler(args),
            "joiner", (Invocable) (args, budget) -> new Joiner(args),
            "lipsum", (Invocable) (args, budget) -> lipsum(),
            "raise_exception", (Invocable) Globals::raise);

    private Globals() {}

    /** The functions, then the context over them. */
    static Context context(Map<String, Object> values, Clock clock) {
        Map<String, Object> all = new HashMap<>(FIXED);
        all.put("strftime_now", (Invocable) (args, budget) -> now(args, clock, budget));
        all.putAll(values);
        return new Context(all);
    }

    private static Object lipsum() {
        throw Failure.render("lipsum() is random text: not supported");
    }

    private static Object raise(Args args, Budget budget) {
        Object message = only("raise_exception", "message", args);
        throw Failure.raised(Repr.str(message, budget));
    }

    private static Object now(Args args, Clock clock, Budget budget) {
        Text format = Routine.text(only("strftime_now", "format", args));
        return Strftime.format(format.string(), ZonedDateTime.now(clock), budget);
    }

    private static Object only(String function, String name, Args args) {
        Object named = args.named().get(name);
        if (args.size() + args.named().size() != 1 || (args.size() == 0 && named == null)) {
            throw Failure.type(function + "() takes one argument, " + name);
        }
        return named != null ? named : args.positional().get(0);
    }

    private static Object range(Args args) {
        if (!args.named().isEmpty() || args.size() < 1 || args.size() > 3) {
            throw Failure.type("range() takes one to three numbers");
        }
        long[] numbers = args.positional().stream().mapToLong(Globals::bound).toArray();
        if (numbers.length == 1) {
            return new Range(0, numbers[0], 1);
        }
        return new Range(numbers[0], numbers[1], numbers.length == 3 ? numbers[2] : 1);
    }

    private static long bound(Object value) {
        if (!Types.isInt(value)) {
            throw Failure.type("'" + Types.name(value) + "' object cannot be interpreted as an integer");
        }
        if (!Numbers.isSmall(value)) {
            throw Failure.overflow("range() takes numbers of at most 64 bits");
        }
        return Numbers.small(value);
    }

    static Dict dict(Args args, Budget budget) {
        if (args.size() > 1) {
            throw Failure.type("dict expected at most 1 argument, got " + args.size());
        }
        Dict dict = new Dict();
        if (args.size() == 1 && args.positional().get(0) instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (args.size() == 1 && args.positional().get(0) instanceof Dict other) {
            budget.steps(2L * other.size());
            dict.putAll(other);
        } else if (args.size() == 1) {
            for (Iterator<Object> it = Sequences.iterator(args.positional().get(0)); it.hasNext(); ) {
                List<Object> pair = Sequences.toList(it.next(), budget);
                if (pair.size() != 2) {
                    throw Failure.value("dictionary update sequence element has length " + pair.size() + "; 2 needed");
                }
                dict.put(pair.get(0), pair.get(1));
            }
        }
        args.named().forEach((name, value) -> dict.put(Text.value(name), value)); // a name may come from **values
        return dict;
    }

    /** The type dict, which also makes dicts. */
    private static final class DictType implements Thing, Invocable {
        @Override
        public Object call(Args args, Budget budget) {
            return dict(args, budget);
        }

        @Override
        public @Nullable Object attribute(String name) {
            return name.equals("fromkeys")
                    ? (Invocable) (args, budget) -> new Lookup.Bound(
                                    new Dict(), SequenceMethods.OF_DICT.getOrDefault(name, MISSING))
                            .call(args, budget)
                    : null;
        }

        private static final Routine MISSING = new Routine(Signature.parse("fromkeys *"), (a, b) -> Sentinel.NONE);

        @Override
        public String typeName() {
            return "type";
        }

        @Override
        public String repr(Budget budget) {
            return "<class 'dict'>";
        }
    }

    /** Gives its items in turn, again and again. */
    private static final class Cycler implements Thing {
        private final List<Object> items;
        private int position;

        Cycler(Args args) {
            if (args.size() == 0 || !args.named().isEmpty()) {
                throw Failure.render("cycler() takes at least one item and no names");
            }
            items = args.positional();
        }

        @Override
        public @Nullable Object attribute(String name) {
            return switch (name) {
                case "current" -> items.get(position);
                case "items" -> new Items(items, true);
                case "pos" -> (long) position;
                case "next" ->
                    (Invocable) (args, budget) -> {
                        Object current = items.get(position);
                        position = (position + 1) % items.size();
                        return current;
                    };
                case "reset" ->
                    (Invocable) (args, budget) -> {
                        position = 0;
                        return Sentinel.NONE;
                    };
                default -> null;
            };
        }

        @Override
        public String typeName() {
            return "Cycler";
        }

        @Override
        public @Nullable String repr(Budget budget) {
            return null;
        }
    }

    /** Gives nothing the first time it is called, then its separator. */
    private static final class Joiner implements Thing, Invocable {
        private final Object separator;
        private boolean used;

        Joiner(Args args) {
            Object named = args.named().get("sep");
            if (args.size() + args.named().size() > 1 || (!args.named().isEmpty() && named == null)) {
                throw Failure.type("joiner() takes one argument, sep");
            }
            separator =
                    named != null ? named : args.size() == 1 ? args.positional().get(0) : Text.value(", ");
        }

        @Override
        public Object call(Args args, Budget budget) {
            if (args.size() > 0 || !args.named().isEmpty()) {
                throw Failure.type("a joiner takes no arguments");
            }
            boolean first = !used;
            used = true;
            return first ? Text.EMPTY : separator;
        }

        @Override
        public @Nullable Object attribute(String name) {
            return name.equals("sep") ? separator : name.equals("used") ? (Object) used : null;
        }

        @Override
        public String typeName() {
            return "Joiner";
        }

        @Override
        public @Nullable String repr(Budget budget) {
            return null;
        }
    }
}
