package io.github.ultrafeedback.template.internal;

import static io.github.ultrafeedback.template.internal.Routine.integer;
import static io.github.ultrafeedback.template.internal.Routine.strictFlag;
import static io.github.ultrafeedback.template.internal.Routine.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Methods of strings. */
final class TextMethods {
    static final Map<String, Routine> METHODS = all();

    private TextMethods() {}

    private static Map<String, Routine> all() {
        Map<String, Routine> all = new HashMap<>();
        Routine.Table table = new Routine.Table();
        cases(table);
        trims(table);
        splits(table);
        searches(table);
        questions(table);
        table.add("format self *", (a, b) -> BraceFormat.format(text(a[0]), (Args) a[1], b))
                .add("format_map self map /", (a, b) -> BraceFormat.formatMap(text(a[0]), a[1], b))
                .add("encode self *", (a, b) -> refuse("encode"))
                .add("translate self *", (a, b) -> refuse("translate"))
                .add("maketrans self *", (a, b) -> refuse("maketrans"));
        table.build().forEach((name, routine) -> all.put(name, keepingMarkup(routine)));
        return Map.copyOf(all);
    }

    private static Object refuse(String method) {
        throw Failure.render("the string method " + method + " is not supported");
    }

    /** A method of Markup gives Markup. */
    private static Routine keepingMarkup(Routine routine) {
        return new Routine(routine.signature(), (a, b) -> {
            Object result = routine.body().apply(a, b);
            Text self = (Text) a[0];
            if (!self.isMarkup()) {
                return result;
            }
            if (result instanceof Items items) {
                List<Object> marked = items.list().stream()
                        .map(item -> item instanceof Text text ? (Object) text.asMarkup() : item)
                        .toList();
                return new Items(marked, items.tuple());
            }
            return result instanceof Text text ? text.asMarkup() : result;
        });
    }

    private static void cases(Routine.Table table) {
        mapping(table, "upper", Cases::upper);
        mapping(table, "lower", Cases::lower);
        mapping(table, "casefold", Cases::fold);
        mapping(table, "title", Cases::title);
        mapping(table, "capitalize", Cases::capitalize);
        mapping(table, "swapcase", Cases::swapCase);
    }

    private static void mapping(Routine.Table table, String name, UnaryOperator<String> change) {
        table.add(name + " self /", (a, b) -> {
            Text self = text(a[0]);
            b.string(self.string().length());
            return self.mapped(change.apply(self.string()));
        });
    }

    private static void trims(Routine.Table table) {
        table.add("strip self chars= /", (a, b) -> Trims.strip(text(a[0]), a[1], true, true, b))
                .add("lstrip self chars= /", (a, b) -> Trims.strip(text(a[0]), a[1], true, false, b))
                .add("rstrip self chars= /", (a, b) -> Trims.strip(text(a[0]), a[1], false, true, b))
                .add("removeprefix self prefix /", (a, b) -> {
                    Text self = text(a[0]);
                    String prefix = text(a[1]).string();
                    b.string(self.string().length());
                    return self.string().startsWith(prefix)
                            ? self.sub(prefix.length(), self.string().length())
                            : self;
                })
                .add("removesuffix self suffix /", (a, b) -> {
                    Text self = text(a[0]);
                    String suffix = text(a[1]).string();
                    b.string(self.string().length());
                    int end = self.string().length() - suffix.length();
                    return self.string().endsWith(suffix) ? self.sub(0, end) : self;
                })
                .add("zfill self width /", (a, b) -> Trims.zeros(text(a[0]), Numbers.index(a[1]), b))
                .add("ljust self width fill= /", (a, b) -> Trims.pad(text(a[0]), a[1], a[2], '<', b))
                .add("rjust self width fill= /", (a, b) -> Trims.pad(text(a[0]), a[1], a[2], '>', b))
                .add("center self width fill= /", (a, b) -> Trims.pad(text(a[0]), a[1], a[2], '^', b))
                .add("expandtabs self tabsize=", (a, b) -> Trims.expandTabs(text(a[0]), integer(a[1], 8), b));
    }

    private static void splits(Routine.Table table) {
        table.add("split self sep= maxsplit=", (a, b) -> Splits.split(text(a[0]), a[1], integer(a[2], -1), b))
                .add("rsplit self sep= maxsplit=", (a, b) -> Splits.rsplit(text(a[0]), a[1], integer(a[2], -1), b))
                .add("splitlines self keepends=", (a, b) -> Items.list(Splits.lines(text(a[0]), strictFlag(a[1]), b)))
                .add("partition self sep /", (a, b) -> Splits.partition(text(a[0]), text(a[1]), false, b))
                .add("rpartition self sep /", (a, b) -> Splits.partition(text(a[0]), text(a[1]), true, b))
                .add("join self items /", (a, b) -> Splits.join(text(a[0]), a[1], b))
                .add(
                        "replace self old new count= /",
                        (a, b) -> Splits.replace(text(a[0]), text(a[1]), text(a[2]), integer(a[3], -1), b));
    }

    private static void searches(Routine.Table table) {
        table.add("find self sub start= end= /", (a, b) -> Search.find(a, false, b))
                .add("rfind self sub start= end= /", (a, b) -> Search.find(a, true, b))
                .add("index self sub start= end= /", (a, b) -> Search.index(a, false, b))
                .add("rindex self sub start= end= /", (a, b) -> Search.index(a, true, b))
                .add("count self sub start= end= /", (a, b) -> Search.count(a, b))
                .add("startswith self prefix start= end= /", (a, b) -> Search.starts(a, false, b))
                .add("endswith self suffix start= end= /", (a, b) -> Search.starts(a, true, b));
    }

    private static void questions(Routine.Table table) {
        table.add("isalpha self /", (a, b) -> Chars.all(text(a[0]).string(), Character::isLetter))
                .add("isalnum self /", (a, b) -> Chars.all(text(a[0]).string(), Chars::isAlnum))
                .add("isdigit self /", (a, b) -> Chars.all(text(a[0]).string(), Chars::isDigit))
                .add("isdecimal self /", (a, b) -> Chars.all(text(a[0]).string(), Chars::isDecimal))
                .add("isnumeric self /", (a, b) -> Chars.all(text(a[0]).string(), Chars::isNumeric))
                .add("isspace self /", (a, b) -> Chars.all(text(a[0]).string(), Chars::isSpace))
                .add("isascii self /", (a, b) -> text(a[0]).string().chars().allMatch(c -> c < 128))
                .add(
                        "isprintable self /",
                        (a, b) -> text(a[0]).string().codePoints().allMatch(Chars::isPrintable))
                .add(
                        "isidentifier self /",
                        (a, b) -> Lexer.isIdentifier(text(a[0]).string()))
                .add("islower self /", (a, b) -> Chars.isLower(text(a[0]).string()))
                .add("isupper self /", (a, b) -> Chars.isUpper(text(a[0]).string()))
                .add("istitle self /", (a, b) -> Chars.isTitle(text(a[0]).string()));
    }
}
