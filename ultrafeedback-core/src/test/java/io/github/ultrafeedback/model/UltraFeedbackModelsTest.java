package io.github.ultrafeedback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class UltraFeedbackModelsTest {
    @Test
    void thereAreEighteenIdsForSeventeenModels() {
        assertThat(UltraFeedbackModels.all())
                .extracting(ModelSpec::id)
                .hasSize(18)
                .doesNotHaveDuplicates();
        assertThat(UltraFeedbackModels.find("wizardlm-30b")).isPresent();
        assertThat(UltraFeedbackModels.find("wizardlm-70b")).isPresent();
        assertThat(UltraFeedbackModels.find("llama-3")).isEmpty();
    }

    @Test
    void everyFactEqualsTheOriginals() throws IOException {
        List<List<String>> rows = Fixtures.rows("model_facts.tsv");
        assertThat(rows)
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(
                        UltraFeedbackModels.all().stream().map(ModelSpec::id).toList());
        for (List<String> row : rows) {
            ModelSpec spec = UltraFeedbackModels.find(row.get(0)).orElseThrow();
            assertThat(spec.checkpoint()).as(spec.id()).isEqualTo(row.get(1).equals("-") ? null : row.get(1));
            assertThat(spec.access().name()).as(spec.id()).isEqualTo(row.get(2));
            assertThat(spec.contextLength()).as(spec.id()).isEqualTo(number(row.get(3)));
            assertThat(bos(spec, OriginalBackend.HUGGING_FACE)).as(spec.id()).isEqualTo(number(row.get(4)));
            assertThat(bos(spec, OriginalBackend.VLLM)).as(spec.id()).isEqualTo(number(row.get(5)));
            assertThat(vllmStops(spec)).as(spec.id()).isEqualTo(Fixtures.list(row.get(6)));
            assertThat(spec.stops().strings()).as(spec.id()).isEqualTo(Fixtures.list(row.get(7)));
            assertThat(spec.stops().tokenIds())
                    .as(spec.id())
                    .isEqualTo(Fixtures.list(row.get(8)).stream()
                            .map(Integer::valueOf)
                            .toList());
        }
    }

    @Test
    void localModelsAloneHaveTextFormatsAndHaveBoth() {
        for (ModelSpec spec : UltraFeedbackModels.all()) {
            for (PromptProfile profile : PromptProfile.values()) {
                assertThat(spec.format(profile).isPresent())
                        .as(spec.id() + " " + profile)
                        .isEqualTo(spec.access() == ModelSpec.Access.LOCAL);
            }
        }
    }

    @Test
    void eachScriptReachesTheModelsItHasABranchFor() {
        assertThat(reachedBy(OriginalBackend.API)).containsExactly("gpt-4", "gpt-3.5-turbo");
        assertThat(reachedBy(OriginalBackend.HUGGING_FACE)).hasSize(14).contains("starchat");
        assertThat(reachedBy(OriginalBackend.VLLM)).hasSize(13).doesNotContain("starchat");
    }

    @Test
    void thePipelineStoppedAtTheEndTokenAlone() {
        assertThat(UltraFeedbackModels.all())
                .flatExtracting(spec -> spec.original(OriginalBackend.HUGGING_FACE)
                        .map(OriginalRun::stopStrings)
                        .orElse(List.of()))
                .isEmpty();
    }

    @Test
    void bardAndPythiaCannotBeRun() {
        assertThat(UltraFeedbackModels.all())
                .filteredOn(spec -> spec.access() == ModelSpec.Access.NONE)
                .extracting(ModelSpec::id)
                .containsExactly("bard", "pythia-12b");
        assertThat(UltraFeedbackModels.find("bard").orElseThrow()).hasToString("ModelSpec[bard]");
    }

    private static List<String> reachedBy(OriginalBackend backend) {
        return UltraFeedbackModels.all().stream()
                .filter(spec -> spec.original(backend).isPresent())
                .map(ModelSpec::id)
                .toList();
    }

    private static OptionalInt bos(ModelSpec spec, OriginalBackend backend) {
        return spec.original(backend).map(OriginalRun::bosTokens).orElse(OptionalInt.empty());
    }

    private static List<String> vllmStops(ModelSpec spec) {
        return spec.original(OriginalBackend.VLLM).map(OriginalRun::stopStrings).orElse(List.of());
    }

    private static OptionalInt number(String field) {
        return field.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(field));
    }
}
