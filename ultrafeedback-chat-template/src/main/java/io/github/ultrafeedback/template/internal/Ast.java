package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tree that {@code Parser} makes; each node knows its offset in the source. */
interface Ast {
    int pos();

    /** Nodes below, in the order in which jinja2's visitors go through them. */
    default List<Ast> children() {
        return List.of();
    }

    /** What a {@link Name} is there for. */
    enum Use {
        LOAD,
        STORE,
        PARAMETER
    }

    private static List<Ast> all(Object... parts) {
        List<Ast> all = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof List<?> list) {
                list.forEach(node -> all.add((Ast) node));
            } else if (part instanceof Optional<?> optional) {
                optional.ifPresent(node -> all.add((Ast) node));
            } else {
                all.add((Ast) part);
            }
        }
        return all;
    }

    record Output(int pos, List<Ast> children) implements Ast {}

    record For(
            int pos, Ast target, Ast items, List<Ast> body, List<Ast> otherwise, Optional<Ast> test, boolean recursive)
            implements Ast {
        @Override
        public List<Ast> children() {
            return all(target, items, body, otherwise, test);
        }
    }

    record If(int pos, Ast test, List<Ast> body, List<If> elifs, List<Ast> otherwise) implements Ast {
        @Override
        public List<Ast> children() {
            return all(test, body, elifs, otherwise);
        }
    }

    record Macro(int pos, String name, List<Name> args, List<Ast> defaults, List<Ast> body) implements Ast {
        @Override
        public List<Ast> children() {
            return all(args, defaults, body);
        }
    }

    /** A call block; without call it is a generation tag, which prints its own body. */
    record CallBlock(int pos, Optional<Call> call, List<Name> args, List<Ast> defaults, List<Ast> body) implements Ast {
        @Override
        public List<Ast> children() {
            return all(call, args, defaults, body);
        }
    }

    record FilterBlock(int pos, Filter filter, List<Ast> body) implements Ast {
        @Override
        public List<Ast> children() {
            return all(body, filter);
        }
    }

    record With(int pos, List<Ast> targets, List<Ast> values, List<Ast> body) implements Ast {
        @Override
        public List<Ast> children() {
            return all(targets, values, body);
        }
    }

    record Block(int pos, String name, boolean scoped, boolean required, List<Ast> body) implements Ast {
        @Override
        public List<Ast> children() {
            return body;
        }
    }

    /** A body in a scope of its own: autoescape false. */
    record Scope(int pos, List<Ast> body) implements Ast {
        @Override
        public List<Ast> children() {
            return body;
        }
    }

    record Assign(int pos, Ast target, Ast value) implements Ast {
        @Override
        public List<Ast> children() {
            return all(target, value);
        }
    }

    record AssignBlock(int pos, Ast target, Optional<Filter> filter, List<Ast> body) implements Ast {
        @Override
        public List<Ast> children() {
            return all(target, filter, body);
        }
    }

    /** include, import, from, extends: an error when it runs, since a chat template stands alone. */
    record External(int pos, String tag, Ast template, List<Name> names) implements Ast {
        @Override
        public List<Ast> children() {
            return all(template, names);
        }
    }

    record Jump(int pos, boolean isBreak) implements Ast {}

    record Data(int pos, String text) implements Ast {}

    record Const(int pos, Object value) implements Ast {}

    record Name(int pos, String name, Use use) implements Ast {}

    /** An attribute of a namespace, as a target. */
    record NamespaceRef(int pos, String name, String attribute) implements Ast {}

    /** A list or a tuple. */
    record Sequence(int pos, List<Ast> children, boolean tuple) implements Ast {}

    record Mapping(int pos, List<Pair> pairs) implements Ast {
        @Override
        public List<Ast> children() {
            return all(pairs);
        }
    }

    record Pair(int pos, Ast key, Ast value) implements Ast {
        @Override
        public List<Ast> children() {
            return all(key, value);
        }
    }

    record Conditional(int pos, Ast test, Ast then, Optional<Ast> otherwise) implements Ast {
        @Override
        public List<Ast> children() {
            return all(test, then, otherwise);
        }
    }

    /** An arithmetic operator, {@code and} or {@code or}. */
    record Binary(int pos, String operator, Ast left, Ast right) implements Ast {
        @Override
        public List<Ast> children() {
            return all(left, right);
        }
    }

    /** {@code not}, {@code -} or {@code +}. */
    record Unary(int pos, String operator, Ast operand) implements Ast {
        @Override
        public List<Ast> children() {
            return all(operand);
        }
    }

    record Concat(int pos, List<Ast> children) implements Ast {}

    record Comparison(int pos, Ast first, List<Operand> rest) implements Ast {
        @Override
        public List<Ast> children() {
            return all(first, rest);
        }
    }

    record Operand(int pos, String operator, Ast value) implements Ast {
        @Override
        public List<Ast> children() {
            return all(value);
        }
    }

    record Attribute(int pos, Ast owner, String name) implements Ast {
        @Override
        public List<Ast> children() {
            return all(owner);
        }
    }

    record Element(int pos, Ast owner, Ast key) implements Ast {
        @Override
        public List<Ast> children() {
            return all(owner, key);
        }
    }

    record Slice(int pos, Optional<Ast> start, Optional<Ast> stop, Optional<Ast> step) implements Ast {
        @Override
        public List<Ast> children() {
            return all(start, stop, step);
        }
    }

    record Call(int pos, Ast callee, Arguments arguments) implements Ast {
        @Override
        public List<Ast> children() {
            return all(callee, arguments.children());
        }
    }

    /** A filter; without value it filters the body of its block. */
    record Filter(int pos, Optional<Ast> value, String name, Arguments arguments) implements Ast {
        @Override
        public List<Ast> children() {
            return all(value, arguments.children());
        }
    }

    record Test(int pos, Ast value, String name, Arguments arguments) implements Ast {
        @Override
        public List<Ast> children() {
            return all(value, arguments.children());
        }
    }

    /** An argument with its name. */
    record Keyword(int pos, String name, Ast value) implements Ast {
        @Override
        public List<Ast> children() {
            return List.of(value);
        }
    }

    record Arguments(List<Ast> positional, List<Keyword> named, Optional<Ast> more, Optional<Ast> moreNamed) {
        static final Arguments EMPTY = new Arguments(List.of(), List.of(), Optional.empty(), Optional.empty());

        boolean isEmpty() {
            return positional.isEmpty() && named.isEmpty() && more.isEmpty() && moreNamed.isEmpty();
        }

        List<Ast> children() {
            return all(positional, named, more, moreNamed);
        }
    }
}
