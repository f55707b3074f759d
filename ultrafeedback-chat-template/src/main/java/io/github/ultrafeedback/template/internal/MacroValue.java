package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro, or the body of a call block, with the variables around it. */
record MacroValue(MacroCode code, Env around) implements Thing, Invocable {
    /** What the compiler knows of a macro. */
    record MacroCode(
            String name, List<String> parameters, boolean caller, boolean kwargs, boolean varargs, Runner runner) {}

    /** Runs the body with one value for each parameter, then caller, kwargs and varargs where it uses them. */
    interface Runner {
        Text run(Env around, List<Object> arguments);
    }

    @Override
    public Object call(Args args, Budget budget) {
        List<String> parameters = code.parameters();
        int count = parameters.size();
        Map<String, Object> named = new LinkedHashMap<>(args.named());
        List<Object> values = new ArrayList<>(args.positional().subList(0, Math.min(count, args.size())));
        boolean foundCaller = values.size() == count && parameters.contains("caller");
        for (String name : parameters.subList(values.size(), count)) {
            Object value = named.remove(name);
            foundCaller |= name.equals("caller");
            values.add(value == null ? Sentinel.MISSING : value);
        }
        if (code.caller() && !foundCaller) {
            Object caller = named.remove("caller");
            boolean none = caller == null || caller == Sentinel.NONE;
            values.add(none ? new Undefined("No caller defined") : caller);
        }
        if (code.kwargs()) {
            Dict rest = new Dict();
            named.forEach((name, value) -> rest.put(Text.value(name), value));
            values.add(rest);
        } else if (!named.isEmpty()) {
            throw Failure.type("macro '" + code.name() + "' takes no keyword argument "
                    + args.shown(named.keySet().iterator().next()));
        }
        if (code.varargs()) {
            values.add(new Items(args.positional().subList(Math.min(count, args.size()), args.size()), true));
        } else if (args.size() > count) {
            throw Failure.type("macro '" + code.name() + "' takes not more than " + count + " argument(s)");
        }
        budget.enter();
        Text result = code.runner().run(around, values);
        budget.leave();
        return result;
    }

    @Override
    public @Nullable Object attribute(String name) {
        return switch (name) {
            case "name" -> code.name().isEmpty() ? Sentinel.NONE : Text.template(code.name());
            case "arguments" ->
                new Items(
                        code.parameters().stream()
                                .map(p -> (Object) Text.template(p))
                                .toList(),
                        true);
            case "catch_kwargs" -> code.kwargs();
            case "catch_varargs" -> code.varargs();
            case "caller" -> code.caller();
            case "explicit_caller" -> code.parameters().contains("caller");
            default -> null;
        };
    }

    @Override
    public String typeName() {
        return "Macro";
    }

    @Override
    public String repr(Budget budget) {
        return "<Macro " + (code.name().isEmpty() ? "anonymous" : Repr.quoted(code.name())) + ">";
    }
}
