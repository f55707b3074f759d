package io.github.ultrafeedback.template.internal;

import java.util.List;

/** What the compilers make of the tree: closures over slots. */
interface Code {
    /** An expression. */
    interface Expression {
        Object eval(Env env);
    }

    /** A statement, writing to {@code out}. */
    interface Statement {
        Signal run(Env env, TextBuilder out);
    }

    /** What an assignment assigns to. */
    interface Target {
        void assign(Env env, Object value);
    }

    /** How a statement ended. */
    enum Signal {
        NEXT,
        BREAK,
        CONTINUE
    }

    /** Notes the place of what fails inside. */
    static Expression at(int pos, Expression code) {
        return env -> {
            try {
                return code.eval(env);
            } catch (Failure failure) {
                throw failure.at(pos);
            }
        };
    }

    static Statement statementAt(int pos, Statement code) {
        return (env, out) -> {
            try {
                return code.run(env, out);
            } catch (Failure failure) {
                throw failure.at(pos);
            }
        };
    }

    static Statement sequence(List<Statement> statements) {
        if (statements.size() == 1) {
            return statements.get(0);
        }
        Statement[] all = statements.toArray(Statement[]::new);
        return (env, out) -> {
            for (Statement statement : all) {
                Signal signal = statement.run(env, out);
                if (signal != Signal.NEXT) {
                    return signal;
                }
            }
            return Signal.NEXT;
        };
    }

    static Frame.Step steps(List<Frame.Step> steps) {
        Frame.Step[] all = steps.toArray(Frame.Step[]::new);
        return env -> {
            for (Frame.Step step : all) {
                step.run(env);
            }
        };
    }
}
