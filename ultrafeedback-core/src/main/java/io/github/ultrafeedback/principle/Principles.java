package io.github.ultrafeedback.principle;

import io.github.ultrafeedback.seed.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The 45 principles and their draw. Safe for concurrent use. */
public final class Principles {
    private static final Map<Category, List<String>> TEXTS = PrincipleTexts.read();

    /** Keeps our numbers apart from others that hash the same seed, row and model. */
    private static final String PURPOSE = "principle";

    private static final double HONESTY_KEPT = 0.9;

    private Principles() {}

    /**
     * The texts of a category, in the original's order.
     *
     * @param category which
     * @return one text for verbalized calibration, eleven for each of the others
     */
    public static List<String> texts(Category category) {
        return Objects.requireNonNull(TEXTS.get(category), () -> "no texts of " + category);
    }

    /**
     * Draws the principle of one completion. The result depends on the arguments alone: not on earlier draws, their
     * order or the thread, so that a job draws the same after a restart.
     *
     * @param preset how often each category is drawn
     * @param subset the instruction set, by the name of its file: {@code flan}, not the {@code flan_v2_niv2} that a row
     *     of it names as its source. Any other name draws helpfulness
     * @param seed the seed of the job
     * @param rowId the row, unique in the job
     * @param modelId the model that is asked
     * @return the principle
     */
    public static Principle draw(Preset preset, String subset, long seed, String rowId, String modelId) {
        long address = Seeds.derive(seed, PURPOSE, rowId, modelId);
        Category drawn = pick(preset.draws(subset), Seeds.derive(address, 0));
        Category category = drawn == Category.HONESTY && fraction(Seeds.derive(address, 1)) >= HONESTY_KEPT
                ? Category.VERBALIZED_CALIBRATION
                : drawn;
        return new Principle(category, pick(texts(category), Seeds.derive(address, 2)));
    }

    private static <T> T pick(List<T> list, long bits) {
        return list.get((int) (fraction(bits) * list.size()));
    }

    /** Uniform in [0, 1), from the upper 53 bits. */
    private static double fraction(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }
}
