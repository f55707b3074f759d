package io.github.ultrafeedback.benchmarks.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one process printed, by name; or, under {@code failed}, why it printed nothing. */
record PeerResult(Map<String, String> values) {
    private static final Pattern PAIR = Pattern.compile("(\\w+)=(\\S+)");

    /** Reads pairs such as {@code rate=12.5}; the last, {@code first}, may hold spaces. */
    static PeerResult of(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        int first = line.indexOf(" first=");
        String pairs = first < 0 ? line : line.substring(0, first);
        if (first >= 0) {
            values.put("first", line.substring(first + 7));
        }
        Matcher matcher = PAIR.matcher(pairs);
        while (matcher.find()) {
            values.put(matcher.group(1), matcher.group(2));
        }
        return new PeerResult(values);
    }

    static PeerResult broken(String why) {
        return new PeerResult(Map.of("failed", why));
    }

    boolean failed() {
        return values.containsKey("failed");
    }

    private double number(String name) {
        return Double.parseDouble(values.getOrDefault(name, "0"));
    }

    /** The row of one client, of the medians of its rounds; {@code ours} is the rate to compare with, or 0. */
    static String row(int inFlight, String name, List<PeerResult> rounds, double ours) {
        List<PeerResult> good = rounds.stream().filter(r -> !r.failed()).toList();
        String start = "| " + inFlight + " | " + name + " | ";
        if (good.isEmpty()) {
            return start + rounds.get(0).values.get("failed") + " | | | | | | | | | |";
        }
        double rate = median(good, "rate");
        return start
                + String.format(
                        Locale.ROOT,
                        "%,.0f (%,.0f to %,.0f) | %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %s |",
                        rate,
                        good.stream().mapToDouble(r -> r.number("rate")).min().orElse(0),
                        good.stream().mapToDouble(r -> r.number("rate")).max().orElse(0),
                        ours > 0 ? String.format(Locale.ROOT, "%.2f", rate / ours) : "",
                        median(good, "p50"),
                        median(good, "p99"),
                        median(good, "cpu"),
                        median(good, "peak"),
                        median(good, "live"),
                        median(good, "rss"),
                        median(good, "threads"),
                        median(good, "mostOpen"),
                        trouble(rounds));
    }

    private static String trouble(List<PeerResult> rounds) {
        List<String> parts = new ArrayList<>();
        for (String name : List.of("errors", "wrong", "unanswered")) {
            double sum = rounds.stream().mapToDouble(r -> r.number(name)).sum();
            if (sum > 0) {
                parts.add(String.format(Locale.ROOT, "%,.0f %s", sum, name));
            }
        }
        rounds.stream()
                .map(r -> r.values.getOrDefault("failed", r.values.getOrDefault("first", "null")))
                .filter(first -> !first.equals("null"))
                .findFirst()
                .ifPresent(parts::add);
        return parts.isEmpty() ? "none" : String.join("; ", parts);
    }

    static double median(List<PeerResult> rounds, String name) {
        double[] sorted =
                rounds.stream().mapToDouble(r -> r.number(name)).sorted().toArray();
        return sorted.length == 0 ? 0 : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
