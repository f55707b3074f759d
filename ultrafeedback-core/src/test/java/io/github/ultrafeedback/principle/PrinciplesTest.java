package io.github.ultrafeedback.principle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrinciplesTest {
    private static final int ROWS = Boolean.getBoolean("ultrafeedback.full") ? 1_000_000 : 40_000;

    /** The hashes are of the original's texts, each followed by a zero byte, and were computed by Python. */
    @ParameterizedTest
    @CsvSource({
        "HELPFULNESS, 11, 1825, 730cc7ef1cc3aba783df308f7876fec8d672a3a8ca7d09bf1906462632285710",
        "TRUTHFULNESS, 11, 1678, 42abcbbe9503e90fb09b680b6c564a1aeb18735d8d480dfb05b932d33b21b06b",
        "HONESTY, 11, 2285, 8a2345c24b599b8808ef28e2d515c3127894b8c4bd63c45ffeaab174bc40854e",
        "VERBALIZED_CALIBRATION, 1, 600, f83efdf49b12fa4e15fc3591d3b3a0b8d6f17a8655358f7b16bc682b33c4ea8c",
        "HARMLESSNESS, 11, 2030, 198bfded37ce8697f6a0497fbe093dfc6395ccb072ecdf566e23459a8edd1238",
    })
    void theTextsAreTheOriginalsToTheByte(Category category, int texts, int chars, String sha256)
            throws NoSuchAlgorithmException {
        List<String> list = Principles.texts(category);
        assertThat(list).hasSize(texts);
        assertThat(String.join("", list)).hasSize(chars);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String text : list) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
    }

    @Test
    void thereAreFortyFiveTextsAndNineEndInWhiteSpace() {
        List<String> all = Arrays.stream(Category.values())
                .flatMap(category -> Principles.texts(category).stream())
                .toList();
        assertThat(all).hasSize(45).doesNotHaveDuplicates();
        assertThat(all).filteredOn(text -> !text.equals(text.strip())).hasSize(9);
    }

    @Test
    void theTextsStandInTheSharedData() throws IOException {
        Path file = Path.of(System.getProperty("ultrafeedback.shared", "../../shared/data"), "principles.json");
        assumeTrue(
                Files.exists(file),
                () -> "skipped: no " + file.getFileName()
                        + " in the folder that the system property ultrafeedback.shared names");
        String json = Files.readString(file);
        for (Category category : Category.values()) {
            String list = Principles.texts(category).stream()
                    .map(PrinciplesTest::quoted)
                    .collect(Collectors.joining(","));
            assertThat(json.replaceAll("(?m)\\n\\s*(?=[\"\\]])", ""))
                    .contains("\"" + category.wireName() + "\": [" + list + "]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CODE, sharegpt, .60, .20, .18, .02",
        "CODE, ultrachat, .60, .20, .18, .02",
        "CODE, flan, .80, 0, 0, .20",
        "CODE, evol_instruct, 1, 0, 0, 0",
        "CODE, truthful_qa, 0, .50, .45, .05",
        "CODE, false_qa, 0, .50, .45, .05",
        "CODE, flan_v2_niv2, 1, 0, 0, 0",
        "README, sharegpt, .60, .20, .18, .02",
        "README, ultrachat, .60, .20, .18, .02",
        "README, flan, .60, .20, 0, .20",
        "README, evol_instruct, 1, 0, 0, 0",
        "README, truthful_qa, 0, 1, 0, 0",
        "README, false_qa, 0, 1, 0, 0",
        "README, flan_v2_niv2, 1, 0, 0, 0",
    })
    void categoriesComeAsOftenAsThePresetSays(Preset preset, String subset, double h, double t, double ho, double vc) {
        Map<Category, Integer> counts = new EnumMap<>(Category.class);
        for (int row = 0; row < ROWS; row++) {
            Principle drawn = Principles.draw(preset, subset, 7, "row-" + row, "gpt-4");
            counts.merge(drawn.category(), 1, Integer::sum);
        }
        Map<Category, Double> expected = Map.of(
                Category.HELPFULNESS, h,
                Category.TRUTHFULNESS, t,
                Category.HONESTY, ho,
                Category.VERBALIZED_CALIBRATION, vc,
                Category.HARMLESSNESS, 0.0);
        expected.forEach((category, p) -> {
            double deviation = Math.sqrt(p * (1 - p) * ROWS);
            assertThat((double) counts.getOrDefault(category, 0))
                    .as(category.wireName())
                    .isCloseTo(p * ROWS, within(4.5 * deviation));
        });
    }

    @Test
    void theTextsOfACategoryAreEquallyLikely() {
        Map<String, Integer> counts = new HashMap<>();
        for (int row = 0; row < ROWS; row++) {
            Principle drawn = Principles.draw(Preset.CODE, "evol_instruct", 11, "row-" + row, "bard");
            counts.merge(drawn.text(), 1, Integer::sum);
        }
        assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(Principles.texts(Category.HELPFULNESS));
        double p = 1.0 / 11;
        assertThat(counts.values())
                .allSatisfy(count ->
                        assertThat((double) count).isCloseTo(p * ROWS, within(4.5 * Math.sqrt(p * (1 - p) * ROWS))));
    }

    @Test
    void aDrawDependsOnItsNamesAndNotOnWhenItIsMade() {
        List<Integer> order = new ArrayList<>();
        List<Principle> inOrder = new ArrayList<>();
        for (int row = 0; row < 2_000; row++) {
            order.add(row);
            inOrder.add(Principles.draw(Preset.CODE, "sharegpt", 3, "r" + row, "starchat"));
        }
        Collections.shuffle(order, new Random(5));
        assertThat(order.parallelStream()
                        .map(row -> Principles.draw(Preset.CODE, "sharegpt", 3, "r" + row, "starchat")))
                .containsExactlyElementsOf(order.stream().map(inOrder::get).toList());
    }

    @Test
    void seedRowAndModelEachChangeTheDraw() {
        int same = 0;
        for (int row = 0; row < 2_000; row++) {
            Principle drawn = Principles.draw(Preset.CODE, "evol_instruct", 3, "r" + row, "m");
            same += drawn.equals(Principles.draw(Preset.CODE, "evol_instruct", 4, "r" + row, "m")) ? 1 : 0;
            same += drawn.equals(Principles.draw(Preset.CODE, "evol_instruct", 3, "s" + row, "m")) ? 1 : 0;
            same += drawn.equals(Principles.draw(Preset.CODE, "evol_instruct", 3, "r" + row, "n")) ? 1 : 0;
        }
        assertThat(same).as("one in eleven by chance").isBetween(430, 660);
    }

    /** A restarted job must draw what its first half drew under an earlier version. */
    @ParameterizedTest
    @CsvSource({
        "CODE, sharegpt, 0, gpt-4, HELPFULNESS, 0",
        "CODE, ultrachat, row-1, bard, TRUTHFULNESS, 8",
        "CODE, flan, row-2, starchat, VERBALIZED_CALIBRATION, 0",
        "CODE, truthful_qa, row-3, alpaca-7b, TRUTHFULNESS, 9",
        "CODE, false_qa, ü😀, vicuna-33b, TRUTHFULNESS, 3",
        "README, flan, row-5, mpt-30b-chat, TRUTHFULNESS, 1",
        "README, truthful_qa, row-6, wizardlm-70b, TRUTHFULNESS, 7",
        "README, other, row-7, wizardlm-30b, HELPFULNESS, 8",
        "CODE, truthful_qa, c19, gpt-4, VERBALIZED_CALIBRATION, 0",
    })
    void recordedDrawsStayWhatTheyWere(
            Preset preset, String subset, String row, String model, Category category, int text) {
        assertThat(Principles.draw(preset, subset, 42, row, model))
                .isEqualTo(new Principle(category, Principles.texts(category).get(text)));
    }

    @Test
    void categoriesGoByTheNamesOfTheRecords() {
        assertThat(Category.VERBALIZED_CALIBRATION.wireName()).isEqualTo("verbalized_calibration");
        for (Category category : Category.values()) {
            assertThat(Category.ofWireName(category.wireName())).isEqualTo(category);
        }
        assertThatThrownBy(() -> Category.ofWireName("Honesty"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("honesty, ")
                .hasMessageContaining("got 'Honesty'");
    }

    @Test
    void aPrincipleNamesItselfWithoutItsText() {
        assertThat(new Principle(Category.HONESTY, "secret")).hasToString("Principle[honesty, chars=6]");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
