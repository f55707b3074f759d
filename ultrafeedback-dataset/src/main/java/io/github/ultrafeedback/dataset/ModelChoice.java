package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.json.BadRowException;
import io.github.ultrafeedback.dataset.internal.json.RowFields;
import io.github.ultrafeedback.seed.Seeds;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the job's models a row asks. A draw depends on seed, row id and model alone.
 *
 * @param kind how they are found
 * @param perRow how many are drawn; counts for {@link Kind#DRAWN}
 */
record ModelChoice(Kind kind, int perRow) {
    private static final String PURPOSE = "model";

    enum Kind {
        /** All of them, in the order given. */
        ALL,
        /** Some of them, by weight, without one twice, in the order in which they are drawn. */
        DRAWN,
        /** Those that the row itself names. */
        NAMED_BY_ROW
    }

    List<String> choose(List<JobModel> models, long seed, String rowId, RowFields row) throws BadRowException {
        return switch (kind) {
            case ALL -> models.stream().map(JobModel::id).toList();
            case DRAWN -> draw(models, seed, rowId);
            case NAMED_BY_ROW -> named(models, row);
        };
    }

    /**
     * Each model waits an exponential time of its weight, and the first come first: the same as drawing one after the
     * other (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006), but no draw hangs on another.
     */
    private List<String> draw(List<JobModel> models, long seed, String rowId) {
        Map<String, Double> waits = new HashMap<>();
        for (JobModel model : models) {
            long bits = Seeds.derive(seed, PURPOSE, rowId, model.id());
            double uniform = ((bits >>> 11) + 0.5) * 0x1.0p-53; // never 0, whose logarithm is infinite
            waits.put(model.id(), -StrictMath.log(uniform) / model.weight());
        }
        return waits.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry::getKey))
                .limit(perRow)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> named(List<JobModel> models, RowFields row) throws BadRowException {
        if (row.models().isEmpty()) {
            throw new BadRowException("models must name at least one model, got none; the job takes each row's own");
        }
        List<String> known = models.stream()
                .map(JobModel::id)
                .sorted(Comparator.naturalOrder())
                .toList();
        for (String name : row.models()) {
            if (!known.contains(name)) {
                throw new BadRowException("models must be among the job's models " + known + ", got another");
            }
        }
        return row.models();
    }
}
