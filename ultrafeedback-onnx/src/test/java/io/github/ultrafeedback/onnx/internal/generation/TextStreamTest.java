package io.github.ultrafeedback.onnx.internal.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.TokenListener;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.model.PostProcessing;
import io.github.ultrafeedback.onnx.TinyModel;
import io.github.ultrafeedback.onnx.internal.text.Detokenizer;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TextStreamTest {
    private final Tokenizer tokenizer = Tokenizer.open(TinyModel.FOLDER);
    private static final TextProfile HUGGING_FACE = new TextProfile(PostProcessing.ORIGINAL_HUGGING_FACE::apply, false);

    private final StringBuilder heard = new StringBuilder();

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private TextStream stream(SamplingParams params, TextProfile profile, @Nullable TokenListener listener) {
        return new TextStream(new Detokenizer(tokenizer, new int[] {1}, true), params, profile, 0, listener);
    }

    private String say(String text, TextStream stream) {
        int[] ids = tokenizer.encodeRaw(text);
        for (int i = 0; i < ids.length && !stream.stopped(); i++) {
            stream.append(ids[i], i + 1);
        }
        return stream.finish();
    }

    @Test
    void aStopStringNeverReachesTheListener() {
        SamplingParams params =
                SamplingParams.builder().stop(List.of("fox and")).build();
        TextStream stream = stream(params, TextProfile.PLAIN, (choice, delta) -> heard.append(delta));
        assertThat(say("A fox and a well.", stream)).isEqualTo("A ");
        assertThat(heard).hasToString("A ");
        assertThat(stream.matched()).isEqualTo("fox and");
    }

    @Test
    void noStopCountsBeforeMinTokens() {
        SamplingParams params =
                SamplingParams.builder().stop(List.of("fox")).minTokens(1000).build();
        assertThat(say("A fox and a well.", stream(params, TextProfile.PLAIN, null)))
                .isEqualTo("A fox and a well.");
    }

    @Test
    void theHuggingFaceProfileCutsAtFourNewlinesAndCleansUp() {
        TextStream stream = stream(SamplingParams.defaults(), HUGGING_FACE, (choice, delta) -> heard.append(delta));
        assertThat(say("Well , yes .\n\n\n\nAnd no.", stream)).isEqualTo("Well, yes.");
        assertThat(heard).hasToString("Well, yes.");
    }

    @Test
    void aListenerThatThrowsFailsItsOwnRequest() {
        TextStream stream = stream(SamplingParams.defaults(), TextProfile.PLAIN, (choice, delta) -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> say("A fox", stream))
                .isInstanceOf(GenerationException.class)
                .hasRootCauseMessage("no");
    }

    @Test
    void aCheckedExceptionOfAListenerIsAFailureToo() {
        TextStream stream = stream(
                SamplingParams.defaults(),
                TextProfile.PLAIN,
                (choice, delta) -> TextStreamTest.<RuntimeException>sneak(new Exception("no")));
        assertThatThrownBy(() -> say("A fox", stream))
                .isInstanceOf(GenerationException.class)
                .hasRootCauseMessage("no");
    }

    /** Throws a checked exception where none is declared, as other languages do. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "DoNotCallSuggester"})
    private static <T extends Throwable> void sneak(Throwable cause) throws T {
        throw (T) cause;
    }
}
