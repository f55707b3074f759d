package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.seed.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ListSeedsTest {
    private static final SamplingParams SEEDED =
            SamplingParams.builder().seed(42).topK(7).build();

    private final List<GenerationRequest> asked = new ArrayList<>();
    private final Generator generator = new SubmittingGenerator(request -> {
        asked.add(request);
        return CompletableFuture.completedFuture(ManualGenerator.completion(request));
    });

    private List<Long> seeds(SamplingParams params, Prompt... prompts) {
        asked.clear();
        generator.generate(List.of(prompts), params);
        return asked.stream()
                .map(request -> request.params().seed().getAsLong())
                .toList();
    }

    @Test
    void aPromptWithoutAnIdHasTheSeedOfItsIndex() {
        assertThat(seeds(SEEDED, Prompt.of("a"), Prompt.of("a")))
                .containsExactly(Seeds.derive(42, 0), Seeds.derive(42, 1));
    }

    @Test
    void aPromptWithAnIdHasTheSameSeedWhereverItStands() {
        Prompt named = Prompt.of("a").withId("flan-17");
        List<Long> seeds = seeds(SEEDED, named, Prompt.of("b"), Prompt.of("c").withId("x"));
        assertThat(seeds(SEEDED, Prompt.of("b"), named).get(1)).isEqualTo(seeds.get(0));
        assertThat(new HashSet<>(seeds)).hasSize(3);
    }

    @Test
    void anIdThatRepeatsHasAnotherSeedEachTime() {
        Prompt named = Prompt.of("a").withId("flan-17");
        List<Long> seeds = seeds(SEEDED, named, named, named);
        assertThat(new HashSet<>(seeds)).hasSize(3);
        assertThat(seeds(SEEDED, named)).containsExactly(seeds.get(0));
    }

    @Test
    void aLongerListGivesTheSameSeedsFirst() {
        Prompt prompt = Prompt.of("a");
        List<Long> longer = seeds(SEEDED, prompt, prompt, prompt, prompt);
        assertThat(seeds(SEEDED, prompt, prompt)).isEqualTo(longer.subList(0, 2));
    }

    @Test
    void anotherSeedGivesOtherSeeds() {
        Prompt prompt = Prompt.of("a");
        assertThat(seeds(SEEDED.withSeed(43), prompt, prompt))
                .doesNotContainAnyElementsOf(seeds(SEEDED, prompt, prompt));
    }

    @Test
    void withoutASeedOneIsDrawnForEachList() {
        Prompt prompt = Prompt.of("a");
        List<Long> first = seeds(SamplingParams.defaults(), prompt, prompt);
        List<Long> second = seeds(SamplingParams.defaults(), prompt, prompt);
        assertThat(first).doesNotHaveDuplicates().doesNotContainAnyElementsOf(second);
    }

    @Test
    void theOtherParametersStayAsTheyAre() {
        List<Long> seeds = seeds(SEEDED, Prompt.of("a"));
        assertThat(asked.get(0).params()).isEqualTo(SEEDED.withSeed(seeds.get(0)));
    }

    @Test
    void requestsKeepTheSeedThatStandsInThem() {
        generator.generateEach(List.of(GenerationRequest.of(Prompt.of("a"), SEEDED)));
        assertThat(asked.get(0).params().seed()).hasValue(42);
        generator.generateEach(List.of(GenerationRequest.of(Prompt.of("a"))));
        assertThat(asked.get(1).params().seed()).isEmpty();
    }
}
