package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelRefTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-4, , gpt-4",
        "openai:gpt-4, openai, gpt-4",
        "onnx:/models/smollm2, onnx, /models/smollm2",
        "onnx:C:\\models\\smollm2, onnx, C:\\models\\smollm2",
        "C:\\models\\smollm2, , C:\\models\\smollm2",
        "c:\\models, , c:\\models",
        "d:/models, , d:/models",
        "llama3:8b, llama3, 8b",
        "ft:gpt-3.5-turbo:org::id, ft, gpt-3.5-turbo:org::id",
        "a+b.c-9:x, a+b.c-9, x",
        "Upper:x, , Upper:x",
        "9p:x, , 9p:x",
        "/models/a:b, , /models/a:b",
        "with space:x, , with space:x",
        ":x, , :x",
    })
    void aNameIsCutAtItsScheme(String text, @Nullable String scheme, String name) {
        ModelRef ref = ModelRef.parse(text);
        assertThat(ref).isEqualTo(new ModelRef(scheme, name));
        assertThat(ref).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "onnx:", "onnx: "})
    void aBlankNameIsRefused(String text) {
        assertThatThrownBy(() -> ModelRef.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("for example 'gpt-4' or 'onnx:/models/smollm2', got a blank text");
    }

    @Test
    void aSchemeWithoutANameIsNamed() {
        assertThatThrownBy(() -> ModelRef.parse("onnx:")).hasMessageEndingWith("got a blank text after 'onnx:'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "c", "Open", "a b", "a:b", "1a"})
    void whatCannotBeReadAsASchemeIsRefused(String scheme) {
        assertThatThrownBy(() -> new ModelRef(scheme, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got '" + scheme + "'");
    }
}
