package io.github.ultrafeedback.template.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attributes, elements and slices, as jinja2's immutable sandbox gives them out. */
final class Lookup {
    /** Names that every Python object answers to; the sandbox gives none of them out. */
    private static final Set<String> HIDDEN = Set.of(
            "__class__",
            "__dict__",
            "__doc__",
            "__module__",
            "__init__",
            "__new__",
            "__repr__",
            "__str__",
            "__hash__",
            "__eq__",
            "__ne__",
            "__lt__",
            "__le__",
            "__gt__",
            "__ge__",
            "__dir__",
            "__format__",
            "__getattribute__",
            "__setattr__",
            "__delattr__",
            "__reduce__",
            "__reduce_ex__",
            "__sizeof__",
            "__subclasshook__",
            "__init_subclass__");

    private Lookup() {}

    /** {@code owner.name}. */
    static Object attribute(Object owner, String name) {
        Object found = own(owner, name);
        if (found != null) {
            return found;
        }
        if (owner instanceof Dict dict) {
            Object value = dict.get(name);
            if (value != null) {
                return value;
            }
        }
        return Undefined.attribute(owner, name);
    }

    /** {@code owner[key]}. */
    static Object element(Object owner, Object key) {
        if (owner instanceof Undefined undefined) {
            throw undefined.failure();
        }
        Object found = item(owner, key);
        if (found == null && key instanceof Text name) {
            found = own(owner, name.string());
        }
        return found == null ? Undefined.attribute(owner, key instanceof Text ? "" : key) : found;
    }

    private static @Nullable Object item(Object owner, Object key) {
        if (owner instanceof Dict dict) {
            boolean hashable = !(key instanceof Dict) && !(key instanceof Items items && !items.tuple());
            return hashable ? dict.get(key) : null;
        }
        if (!Types.isInt(key)) {
            return null;
        }
        if (owner instanceof Text text) {
            int index = position(key, text.length());
            return index < 0 ? null : text.slice(index, index + 1);
        }
        List<Object> list = list(owner);
        if (list == null) {
            return null;
        }
        int index = position(key, list.size());
        return index < 0 ? null : list.get(index);
    }

    private static @Nullable List<Object> list(Object owner) {
        if (owner instanceof Items items) {
            return items.list();
        }
        return owner instanceof Range range ? range.asList() : null;
    }

    /** An index from the front, -1 if it is out of range. */
    private static int position(Object key, int size) {
        int index = Numbers.index(key);
        if (index < 0) {
            index += size;
        }
        return index < size ? index : -1;
    }

    /** What the value itself has under a name: a method, a field, or an Undefined that refuses it; else null. */
    static @Nullable Object own(Object owner, String name) {
        if (owner instanceof Undefined undefined && !HIDDEN.contains(name)) {
            throw undefined.failure();
        }
        if (owner instanceof Thing thing) {
            Object value = thing.attribute(name);
            return value == null && HIDDEN.contains(name) ? Undefined.unsafe(owner, name) : value;
        }
        if (name.startsWith("_")) {
            return HIDDEN.contains(name) ? Undefined.unsafe(owner, name) : null;
        }
        if (owner instanceof Range range && (name.equals("start") || name.equals("stop") || name.equals("step"))) {
            return name.equals("start") ? range.start() : name.equals("stop") ? range.stop() : range.step();
        }
        if (Types.isNumber(owner) && NumberMethods.isField(name)) {
            return NumberMethods.field(owner, name);
        }
        Object grouped = owner instanceof Items items ? GroupFilters.field(items, name) : null;
        if (grouped != null) {
            return grouped;
        }
        if (isMutator(owner, name)) {
            return Undefined.unsafe(owner, name);
        }
        Routine method = methods(owner).get(name);
        return method == null ? null : new Bound(owner, method);
    }

    private static boolean isMutator(Object owner, String name) {
        if (owner instanceof Dict) {
            return SequenceMethods.DICT_MUTATORS.contains(name);
        }
        return owner instanceof Items items && !items.tuple() && SequenceMethods.LIST_MUTATORS.contains(name);
    }

    private static Map<String, Routine> methods(Object owner) {
        if (owner instanceof Text) {
            return TextMethods.METHODS;
        }
        if (owner instanceof Dict) {
            return SequenceMethods.OF_DICT;
        }
        if (owner instanceof Items items) {
            return items.tuple() ? SequenceMethods.OF_TUPLE : SequenceMethods.OF_LIST;
        }
        if (owner instanceof Range) {
            return SequenceMethods.OF_TUPLE;
        }
        return Types.isNumber(owner) ? NumberMethods.methods(owner) : Map.of();
    }

    static Object call(Object callee, Args args, Budget budget) {
        if (callee instanceof Invocable invocable) {
            return invocable.call(args, budget);
        }
        if (callee instanceof Undefined undefined) {
            throw undefined.failure();
        }
        throw Failure.type("'" + Types.name(callee) + "' object is not callable");
    }

    /** A method of a value. */
    record Bound(Object owner, Routine method) implements Invocable {
        @Override
        public Object call(Args args, Budget budget) {
            return method.call(owner, args, budget);
        }
    }
}
