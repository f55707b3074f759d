package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.error.AmbiguousProviderException;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.error.ModelNotFoundException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GeneratorsTest {
    private static final NamedProvider API = provider("openai", 0, "gpt");
    private static final NamedProvider LOCAL = provider("onnx", 0, "/models");
    private static final NamedProvider BATCH = provider("batch", 10, "/models");

    private static NamedProvider provider(String name, int priority, String prefix) {
        return new NamedProvider(name, priority, model -> model.name().startsWith(prefix));
    }

    private static NamedProvider.Opened open(String model, GeneratorProvider... providers) {
        return (NamedProvider.Opened) builder(providers).model(model).open();
    }

    private static Generators.Builder builder(GeneratorProvider... providers) {
        return Generators.builder().providers(List.of(providers));
    }

    @Test
    void aSchemeNamesItsProviderWhateverTheOthersSay() {
        NamedProvider.Opened opened = open("onnx:gpt-4", API, LOCAL, BATCH);
        assertThat(opened.by()).isEqualTo(LOCAL); // which would not take it on its own
        assertThat(opened.model()).isEqualTo(new ModelRef("onnx", "gpt-4"));
    }

    @Test
    void withoutASchemeTheProviderThatSupportsTheModelOpensIt() {
        assertThat(open("gpt-4", API, LOCAL).by()).isEqualTo(API);
        assertThat(open("/models/a", API, LOCAL).by()).isEqualTo(LOCAL);
    }

    @Test
    void theHighestPriorityGoesFirst() {
        assertThat(open("/models/a", LOCAL, BATCH).by()).isEqualTo(BATCH);
        assertThat(open("/models/a", BATCH, LOCAL).by()).isEqualTo(BATCH);
    }

    @Test
    void twoProvidersOfEqualRightAreAnErrorThatNamesBoth() {
        NamedProvider other = provider("other", 10, "/models");
        assertThatThrownBy(() -> open("/models/a", LOCAL, BATCH, other))
                .isInstanceOf(AmbiguousProviderException.class)
                .hasMessageContaining(
                        "'/models/a' is claimed by batch (" + NamedProvider.class.getName() + ") and other")
                .hasMessageContaining("with equal priority 10")
                .hasMessageContaining("for example 'batch:/models/a'")
                .hasMessageNotContaining("onnx");
    }

    @Test
    void twoProvidersOfOneNameCannotBeToldApartByIt() {
        NamedProvider twin = provider("batch", 10, "other");
        assertThatThrownBy(() -> open("batch:x", BATCH, twin))
                .isInstanceOf(AmbiguousProviderException.class)
                .hasMessageContaining("take one off the class path")
                .hasMessageNotContaining("Write the scheme");
        assertThat(open("batch:x", BATCH, provider("batch", 11, "x")).by().priority())
                .isEqualTo(11);
    }

    @Test
    void aColonThatNamesNoProviderBelongsToTheName() {
        NamedProvider.Opened opened = open("gpt:8b", API, LOCAL);
        assertThat(opened.by()).isEqualTo(API);
        assertThat(opened.model()).isEqualTo(new ModelRef(null, "gpt:8b"));
    }

    @Test
    void anUnknownModelIsAnErrorThatListsWhatWasFound() {
        assertThatThrownBy(() -> open("nobody-knows", API, LOCAL))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("No provider opens 'nobody-knows'.")
                .hasMessageContaining("Found: openai (what openai takes), onnx (what onnx takes).")
                .hasMessageContaining("A model behind an API needs io.github.ultrafeedback:ultrafeedback-openai")
                .hasMessageContaining("a folder with a model needs io.github.ultrafeedback:ultrafeedback-onnx")
                .hasMessageContaining("Check the spelling");
    }

    @Test
    void withoutAnyProviderTheErrorSaysSo() {
        assertThatThrownBy(() -> open("nobody-knows"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("No provider was found on the class path.");
    }

    @ParameterizedTest
    @CsvSource({"openai", "onnx", "batch"})
    void aSchemeOfOursWithoutItsModuleNamesTheDependency(String scheme) {
        NamedProvider all = provider("all", 0, "");
        assertThatThrownBy(() -> open(scheme + ":m", all))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("No provider opens '" + scheme + ":m'")
                .hasMessageContaining("Found: all (what all takes).")
                .hasMessageEndingWith("Add the dependency io.github.ultrafeedback:ultrafeedback-" + scheme + ".");
    }

    @Test
    void aModelPathThatIsNoFolderIsNamed() {
        GeneratorOptions options =
                GeneratorOptions.builder().modelPath(Path.of("no/such/folder")).build();
        assertThatThrownBy(() -> builder(LOCAL).model("llama").options(options).open())
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("GeneratorOptions.modelPath is '" + Path.of("no/such/folder") + "'")
                .hasMessageContaining("not a folder");
    }

    @Test
    void aProviderThatThrowsWhenAskedIsReportedAndDoesNotHideTheOthers() {
        NamedProvider broken = new NamedProvider("broken", 99, model -> {
            throw new IllegalStateException("out of order");
        });
        NamedProvider unlinked = new NamedProvider("unlinked", 99, model -> {
            throw new NoClassDefFoundError("some/Library");
        });
        assertThat(open("gpt-4", broken, unlinked, API).by()).isEqualTo(API);
        assertThatThrownBy(() -> open("nobody-knows", broken, unlinked, API))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("Passed over: " + NamedProvider.class.getName())
                .hasMessageContaining("IllegalStateException (out of order)")
                .hasMessageContaining("NoClassDefFoundError (some/Library)");
    }

    @Test
    void aProviderThatCannotBeLinkedWhenItOpensIsNamed() {
        GeneratorProvider unlinked = new GeneratorProvider() {
            @Override
            public String name() {
                return "unlinked";
            }

            @Override
            public String describe() {
                return "everything";
            }

            @Override
            public boolean supports(ModelRef model, GeneratorOptions options) {
                return true;
            }

            @Override
            public Generator open(ModelRef model, GeneratorOptions options) {
                throw new NoClassDefFoundError("some/Library");
            }
        };
        assertThatThrownBy(() -> builder(unlinked).model("m").open())
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("Provider unlinked (")
                .hasMessageContaining("cannot open 'm': NoClassDefFoundError (some/Library)")
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void theOptionsReachTheProvider() {
        GeneratorOptions options = GeneratorOptions.builder().maxQueued(3).build();
        NamedProvider.Opened opened = (NamedProvider.Opened)
                builder(API).model("gpt-4").options(options).open();
        assertThat(opened.options()).isSameAs(options);
        assertThat(open("gpt-4", API).options()).isSameAs(GeneratorOptions.defaults());
    }

    @Test
    void aModelMustBeNamed() {
        assertThatThrownBy(() -> builder(API).open())
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("call model(name)");
        assertThatThrownBy(() -> Generators.forModel(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
