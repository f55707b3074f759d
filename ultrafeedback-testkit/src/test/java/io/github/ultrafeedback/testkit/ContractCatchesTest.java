package io.github.ultrafeedback.testkit;

import static io.github.ultrafeedback.testkit.Mutant.mutant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract fails where it must: each broken generator is caught by the test that is named for its fault. */
final class ContractCatchesTest {
    private static final Mutant UNBROKEN = mutant("unbroken", "", BrokenGenerator::right);

    private static Mutant mutant = UNBROKEN;

    /** The contract of the mutant of the day; not a test of its own, so its name does not end like one. */
    static final class MutantContract extends GeneratorContract {
        @Override
        protected Generator open(GeneratorOptions options) {
            return mutant.opens().apply(options);
        }

        @Override
        protected Set<String> unsupported() {
            return mutant.name().equals("ignores a parameter") ? Set.of("topK") : Set.of();
        }

        @Override
        protected int longTokens() {
            return 1_000_000;
        }

        @Override
        protected Duration timeout() {
            return mutant.equals(UNBROKEN) ? Duration.ofMinutes(1) : Duration.ofSeconds(5); // some never end
        }
    }

    private static TestExecutionSummary run(DiscoverySelector selector) {
        LauncherConfig alone = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(selector).build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create(alone).execute(request, summary);
        return summary.getSummary();
    }

    static Stream<Mutant> mutants() {
        return Stream.concat(AnswerMutants.all(), LifecycleMutants.all());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void aBrokenGeneratorIsCaught(Mutant broken) {
        mutant = broken;
        TestExecutionSummary summary = run(selectMethod(MutantContract.class, broken.caughtBy()));
        assertThat(summary.getTestsStartedCount()).isEqualTo(1);
        assertThat(summary.getFailures())
                .as(broken.caughtBy())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException()).isInstanceOf(AssertionError.class));
    }

    @Test
    void theSameGeneratorUnbrokenPasses() {
        mutant = UNBROKEN;
        TestExecutionSummary summary = run(selectClass(MutantContract.class));
        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isGreaterThanOrEqualTo(26);
    }
}
