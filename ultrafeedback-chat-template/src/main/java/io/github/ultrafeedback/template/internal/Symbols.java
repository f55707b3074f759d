package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which variable each name of a scope means, by jinja2's rules: a name read first comes from the context, a name set
 * first starts out undefined, a name that an outer scope knows starts out with the outer value and is lost at the end.
 */
final class Symbols {
    /** How a variable starts out when its scope is entered. */
    enum Origin {
        PARAMETER,
        RESOLVE,
        ALIAS,
        UNDEFINED
    }

    /** The start of a variable; {@code from} is a name to resolve or another variable. */
    record Load(Origin origin, String from) {}

    private static final long MOST_COPIED = 1_000_000;

    private final @Nullable Symbols parent;
    private final int level;
    private final Map<String, String> refs;
    private final Map<String, Load> loads;
    private final Set<String> stores;
    private final long[] copied;

    private Symbols(
            @Nullable Symbols parent,
            Map<String, String> refs,
            Map<String, Load> loads,
            Set<String> stores,
            long[] copied) {
        this.copied = copied;
        this.parent = parent;
        this.level = parent == null ? 0 : parent.level + 1;
        this.refs = refs;
        this.loads = loads;
        this.stores = stores;
    }

    static Symbols root() {
        return new Symbols(null, new LinkedHashMap<>(), new LinkedHashMap<>(), new HashSet<>(), new long[1]);
    }

    Symbols inner() {
        return new Symbols(this, new LinkedHashMap<>(), new LinkedHashMap<>(), new HashSet<>(), copied);
    }

    Symbols copy() {
        charge(refs.size());
        return new Symbols(
                parent, new LinkedHashMap<>(refs), new LinkedHashMap<>(loads), new HashSet<>(stores), copied);
    }

    /** Branches take copies of all names, so many names and many branches would take quadratic time and memory. */
    private void charge(int names) {
        copied[0] += names;
        if (copied[0] > MOST_COPIED) {
            throw Failure.limit("the template has too many variables and branches");
        }
    }

    private void define(String name, Load load) {
        String variable = level + " " + name;
        refs.put(name, variable);
        loads.put(variable, load);
    }

    @Nullable String find(String name) {
        for (Symbols at = this; at != null; at = at.parent) {
            String found = at.refs.get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    String variable(String name) {
        String found = find(name);
        if (found == null) {
            throw new IllegalStateException("a name was not analyzed");
        }
        return found;
    }

    void store(String name) {
        stores.add(name);
        if (refs.containsKey(name)) {
            return;
        }
        String outer = parent == null ? null : parent.find(name);
        define(name, outer == null ? new Load(Origin.UNDEFINED, "") : new Load(Origin.ALIAS, outer));
    }

    void declare(String name) {
        stores.add(name);
        define(name, new Load(Origin.PARAMETER, ""));
    }

    void load(String name) {
        if (find(name) == null) {
            define(name, new Load(Origin.RESOLVE, name));
        }
    }

    /** Takes over what the branches of an {@code if} know: what only some of them set starts out from outside. */
    void merge(List<Symbols> branches) {
        Set<String> fresh = new HashSet<>();
        branches.forEach(branch -> fresh.addAll(branch.stores));
        fresh.removeAll(stores);
        for (Symbols branch : branches) {
            refs.putAll(branch.refs);
            loads.putAll(branch.loads);
            stores.addAll(branch.stores);
        }
        for (String name : fresh) {
            String outer = parent == null ? null : parent.find(name);
            Load load = outer == null ? new Load(Origin.RESOLVE, name) : new Load(Origin.ALIAS, outer);
            loads.put(variable(name), load);
        }
    }

    Map<String, Load> loads() {
        return loads;
    }

    /** All names set here and in the scopes around, with their variables. */
    Map<String, String> visibleStores() {
        Map<String, String> visible = new LinkedHashMap<>();
        for (Symbols at = this; at != null; at = at.parent) {
            charge(at.stores.size());
            for (String name : new ArrayList<>(at.stores)) {
                visible.putIfAbsent(name, variable(name));
            }
        }
        return visible;
    }
}
