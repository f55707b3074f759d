package io.github.ultrafeedback.template.internal;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Python's {@code strftime} in the C locale, with the flags {@code - _ 0 ^} of glibc. */
final class Strftime {
    private Strftime() {}

    static Text format(String format, ZonedDateTime time, Budget budget) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i++);
            if (c != '%' || i == format.length()) {
                out.append(c);
                continue;
            }
            int start = i;
            char flag = "-_0^#".indexOf(format.charAt(i)) >= 0 && i + 1 < format.length() ? format.charAt(i++) : ' ';
            char letter = format.charAt(i);
            if ("EO123456789".indexOf(letter) >= 0) {
                throw Failure.render("strftime_now: a width, or E or O before a letter, is not supported");
            }
            if (letter == 'f' && flag == ' ') {
                out.append(String.format("%06d", time.get(ChronoField.MICRO_OF_SECOND)));
                i++;
                continue;
            }
            String field = field(format.charAt(i++), time, flag);
            out.append(field.isEmpty() ? "%" + format.substring(start, i) : field);
            budget.output(out.length());
        }
        return Text.value(out.toString().replace(EMPTY, ""));
    }

    /** Stands for a field that is empty for a time without zone; a private character, taken out at the end. */
    private static final String EMPTY = "\uE000";

    private static String field(char letter, ZonedDateTime time, char flag) {
        String text = text(letter, time);
        if (!text.isEmpty()) {
            if (letter == 'P' || (letter == 'p' && flag == '#')) {
                return text.toLowerCase(Locale.ROOT);
            }
            return flag == '^' || flag == '#' ? text.toUpperCase(Locale.ROOT) : text;
        }
        return switch (letter) {
            case 'd' -> pad(time.getDayOfMonth(), 2, flag, '0');
            case 'e' -> pad(time.getDayOfMonth(), 2, flag, ' ');
            case 'm' -> pad(time.getMonthValue(), 2, flag, '0');
            case 'y' -> pad(time.getYear() % 100, 2, flag, '0');
            case 'Y' -> pad(time.getYear(), 1, flag, '0');
            case 'C' -> pad(time.getYear() / 100, 2, flag, '0');
            case 'H' -> pad(time.getHour(), 2, flag, '0');
            case 'k' -> pad(time.getHour(), 2, flag, ' ');
            case 'I' -> pad(hour12(time), 2, flag, '0');
            case 'l' -> pad(hour12(time), 2, flag, ' ');
            case 'M' -> pad(time.getMinute(), 2, flag, '0');
            case 'S' -> pad(time.getSecond(), 2, flag, '0');
            case 'j' -> pad(time.getDayOfYear(), 3, flag, '0');
            case 'u' -> pad(time.getDayOfWeek().getValue(), 1, flag, '0');
            case 'w' -> pad(time.getDayOfWeek().getValue() % 7, 1, flag, '0');
            case 'U' -> pad((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7, 2, flag, '0');
            case 'W' -> pad((time.getDayOfYear() + 7 - time.getDayOfWeek().getValue()) / 7, 2, flag, '0');
            case 'V' -> pad(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, flag, '0');
            case 'G' -> pad(time.get(IsoFields.WEEK_BASED_YEAR), 1, flag, '0');
            case 'g' -> pad(time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2, flag, '0');
            default -> "";
        };
    }

    private static String text(char letter, ZonedDateTime time) {
        return switch (letter) {
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' ->
                time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH).substring(0, 3);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 's' -> Long.toString(time.toEpochSecond());
            case 'z', 'Z' -> EMPTY;
            case '%' -> "%";
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'D', 'x' -> all("%m/%d/%y", time);
            case 'T', 'X' -> all("%H:%M:%S", time);
            case 'F' -> all("%Y-%m-%d", time);
            case 'R' -> all("%H:%M", time);
            case 'r' -> all("%I:%M:%S %p", time);
            case 'c' -> all("%a %b %e %H:%M:%S %Y", time);
            default -> "";
        };
    }

    private static String all(String format, ZonedDateTime time) {
        return format(format, time, new Budget(new Limits(100, 1, 1, Long.MAX_VALUE)))
                .string();
    }

    private static int hour12(ZonedDateTime time) {
        return time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    }

    private static String pad(int number, int width, char flag, char usual) {
        String digits = Integer.toString(number);
        if (flag == '-') {
            return digits;
        }
        char fill = flag == '_' ? ' ' : flag == '0' ? '0' : usual;
        return String.valueOf(fill).repeat(Math.max(0, width - digits.length())) + digits;
    }
}
