package io.github.ultrafeedback.template.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Parameters of a filter, test or method, and the binding of arguments to them.
 *
 * <p>Written as words: {@code "split self sep= maxsplit="}. A trailing {@code =} makes a parameter optional, {@code /}
 * makes those before it positional only, and {@code *} hands the arguments on as they are.
 */
final class Signature {
    private final String name;
    private final List<String> parameters;
    private final int required;
    private final int positionalOnly;
    private final boolean raw;

    private Signature(String name, List<String> parameters, int required, int positionalOnly, boolean raw) {
        this.name = name;
        this.parameters = parameters;
        this.required = required;
        this.positionalOnly = positionalOnly;
        this.raw = raw;
    }

    static Signature parse(String written) {
        List<String> words = Arrays.asList(written.split(" "));
        List<String> parameters = words.subList(1, words.size()).stream()
                .filter(word -> !word.equals("/") && !word.equals("*"))
                .toList();
        int required =
                (int) parameters.stream().takeWhile(word -> !word.endsWith("=")).count();
        return new Signature(
                words.get(0),
                parameters.stream().map(word -> word.replace("=", "")).toList(),
                required,
                Math.max(0, words.indexOf("/") - 1),
                words.contains("*"));
    }

    String name() {
        return name;
    }

    /** One value a parameter, MISSING where none was given; {@code self} is the first. */
    Object[] bind(Object self, Args args) {
        if (raw) {
            return new Object[] {self, args};
        }
        if (args.size() + 1 > parameters.size()) {
            throw Failure.type(name + "() takes " + (parameters.size() - 1) + " arguments at most, got " + args.size());
        }
        Object[] bound = new Object[parameters.size()];
        Arrays.fill(bound, Sentinel.MISSING);
        bound[0] = self;
        for (int i = 0; i < args.size(); i++) {
            bound[i + 1] = args.positional().get(i);
        }
        for (Map.Entry<String, Object> entry : args.named().entrySet()) {
            int index = parameters.indexOf(entry.getKey());
            if (index < positionalOnly || index == 0) {
                throw Failure.type(name + "() got an unexpected keyword argument " + args.shown(entry.getKey()));
            }
            if (bound[index] != Sentinel.MISSING) {
                throw Failure.type(name + "() got two values for argument '" + entry.getKey() + "'");
            }
            bound[index] = entry.getValue();
        }
        for (int i = 1; i < required; i++) {
            if (bound[i] == Sentinel.MISSING) {
                throw Failure.type(name + "() misses the argument '" + parameters.get(i) + "'");
            }
        }
        return bound;
    }
}
