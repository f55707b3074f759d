package io.github.ultrafeedback.principle;

import static io.github.ultrafeedback.principle.Category.HELPFULNESS;
import static io.github.ultrafeedback.principle.Category.HONESTY;
import static io.github.ultrafeedback.principle.Category.TRUTHFULNESS;
import static io.github.ultrafeedback.principle.Category.VERBALIZED_CALIBRATION;

import java.util.List;

/**
 * How often each category is drawn in each instruction set. The original's code and its README disagree, and neither
 * gives the counts of the published data.
 *
 * <p>A preset is a list of categories a set, each entry equally likely; then honesty stays what it is nine times of ten
 * and becomes verbalized calibration the tenth.
 */
public enum Preset {
    /** What the published scripts draw. */
    CODE,
    /** What the README of the original says. */
    README;

    private static final List<Category> CHAT = List.of(HELPFULNESS, HELPFULNESS, HELPFULNESS, TRUTHFULNESS, HONESTY);
    private static final List<Category> FLAN_IN_CODE =
            List.of(HELPFULNESS, HELPFULNESS, HELPFULNESS, HELPFULNESS, VERBALIZED_CALIBRATION);
    private static final List<Category> FLAN_IN_README =
            List.of(HELPFULNESS, HELPFULNESS, HELPFULNESS, TRUTHFULNESS, VERBALIZED_CALIBRATION);

    /** What to draw from; evol_instruct and every set that the original does not know get helpfulness. */
    List<Category> draws(String subset) {
        return switch (subset) {
            case "sharegpt", "ultrachat" -> CHAT;
            case "flan" -> this == CODE ? FLAN_IN_CODE : FLAN_IN_README;
            case "truthful_qa", "false_qa" -> this == CODE ? List.of(HONESTY, TRUTHFULNESS) : List.of(TRUTHFULNESS);
            default -> List.of(HELPFULNESS);
        };
    }
}
