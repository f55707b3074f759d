package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Target;
import java.util.ArrayList;
import java.util.List;

/** What stands left of an equals sign. */
final class Targets {
    private Targets() {}

    static Target compile(Ast node, Frame frame) {
        if (node instanceof Ast.Name name) {
            Frame.Place place = frame.placeOf(name.name());
            if (place.hops() == 0) {
                int slot = place.slot();
                return (env, value) -> env.slots[slot] = value;
            }
            return place::set;
        }
        if (node instanceof Ast.NamespaceRef ref) {
            Frame.Place place = frame.placeOf(ref.name());
            Text attribute = Text.template(ref.attribute());
            return (env, value) -> namespace(place, env).set(attribute, value);
        }
        List<Target> targets =
                node.children().stream().map(child -> compile(child, frame)).toList();
        return (env, value) -> unpack(targets, env, value);
    }

    private static void unpack(List<Target> targets, Env env, Object value) {
        List<Object> values = value instanceof Items items ? items.list() : Sequences.toList(value, env.budget);
        if (values.size() != targets.size()) {
            throw Failure.value("expected " + targets.size() + " values to unpack, got " + values.size());
        }
        for (int i = 0; i < targets.size(); i++) {
            targets.get(i).assign(env, values.get(i));
        }
    }

    private static Namespace namespace(Frame.Place place, Env env) {
        if (place.get(env) instanceof Namespace namespace) {
            return namespace;
        }
        throw Failure.render("cannot assign attribute on non-namespace object");
    }

    /** jinja2 refuses an attribute of no namespace before it evaluates the value. */
    static Frame.Step checkNamespaces(Ast node, Frame frame) {
        List<Frame.Step> checks = new ArrayList<>();
        SymbolAnalysis.all(node, part -> {
            if (part instanceof Ast.NamespaceRef ref) {
                Frame.Place place = frame.placeOf(ref.name());
                checks.add(env -> namespace(place, env));
            }
        });
        return Code.steps(checks);
    }

    /** Shows what the top level sets to macros, blocks and inner scopes that look it up by name. */
    static Frame.Step export(Ast target, Frame frame) {
        List<Frame.Step> steps = new ArrayList<>();
        if (frame.toplevel) {
            SymbolAnalysis.names(target, name -> {
                Frame.Place place = frame.placeOf(name.name());
                steps.add(env -> env.context.set(name.name(), place.get(env)));
            });
        }
        return Code.steps(steps);
    }
}
