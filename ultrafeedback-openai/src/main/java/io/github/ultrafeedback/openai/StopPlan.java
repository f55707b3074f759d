package io.github.ultrafeedback.openai;

import java.util.List;

/** Which stop strings the server is told, and which we look for in its answer. */
record StopPlan(List<String> sent, List<String> cut) {
    /**
     * Takes the stops that were asked for and how many the server takes. Of too many it is told the first ones, so that
     * it need not write to the end; but none at all if one of the others could end within one of those, since the
     * server would have cut away the text in which we had to find it.
     */
    static StopPlan of(List<String> stops, int most) {
        if (stops.size() <= most) {
            return new StopPlan(stops, List.of());
        }
        List<String> told = stops.subList(0, most);
        List<String> others = stops.subList(most, stops.size());
        boolean hidden = told.stream().anyMatch(sent -> others.stream().anyMatch(other -> mayEndWithin(other, sent)));
        return hidden ? new StopPlan(List.of(), stops) : new StopPlan(told, others);
    }

    private static boolean mayEndWithin(String other, String sent) {
        for (int length = 1; length < sent.length(); length++) {
            String beginning = sent.substring(0, length);
            if (beginning.endsWith(other) || other.endsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
