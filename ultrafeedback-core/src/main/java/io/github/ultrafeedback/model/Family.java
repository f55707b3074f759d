package io.github.ultrafeedback.model;

import static io.github.ultrafeedback.model.OriginalBackend.API;
import static io.github.ultrafeedback.model.OriginalBackend.HUGGING_FACE;
import static io.github.ultrafeedback.model.OriginalBackend.VLLM;

import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.model.OriginalFormat.Quirk;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What models of one kind have in common.
 *
 * @param sane their format in the profile of that name, or null where they have none
 * @param original the scripts' format, or null where they have none
 * @param stops where an answer to a sane prompt ends
 * @param runs how the scripts ran them; no entry where they did not
 */
record Family(
        @Nullable PromptFormat sane,
        @Nullable PromptFormat original,
        Stops stops,
        Map<OriginalBackend, OriginalRun> runs) {
    /** Takes chat messages as they are. */
    static final Family CHAT_API =
            new Family(null, null, Stops.none(), Map.of(API, new OriginalRun(List.of(), OptionalInt.empty())));

    /** No script ever ran it, and nobody wrote down what it was given. */
    static final Family UNKNOWN = new Family(null, null, Stops.none(), Map.of());

    /** A GPT-NeoX of unknown tuning: that its answers end at {@code <|endoftext|>} is all that is sure. */
    static final Family PYTHIA = new Family(null, null, Stops.ofTokens(0), Map.of());

    static final Family ULTRALM = new Family(
            SaneFormats.ULTRALM,
            new OriginalFormat(
                    "ultralm", "User: " + SystemText.ULTRALM + "</s>User: ", "</s>\nUser: ", "</s>\nAssistant: "),
            Stops.ofTokens(2),
            scripts(0, 1, "</s>"));

    static final Family VICUNA = new Family(
            SaneFormats.VICUNA,
            new OriginalFormat("vicuna", SystemText.VICUNA + " ", " USER: ", " ASSISTANT:"),
            Stops.ofTokens(2),
            scripts(0, 1, "</s>"));

    static final Family WIZARDLM_7B = new Family(
            SaneFormats.WIZARDLM_7B,
            new OriginalFormat(Quirk.DROPS_PRINCIPLE, "wizardlm-7b", "", "", "\n\n### Response:"),
            Stops.ofTokens(2),
            scripts(0, 1, "</s>"));

    static final Family ALPACA = new Family(
            SaneFormats.ALPACA,
            new OriginalFormat("alpaca", SystemText.ALPACA + " ", "\n\n### Instruction: ", "\n\n### Response:"),
            Stops.ofTokens(2),
            scripts(0, 1, "</s>"));

    /** The original spells the begin token out, so that the model reads one more than its tokenizer adds. */
    static final Family LLAMA_2 = new Family(
            SaneFormats.LLAMA_2,
            new OriginalFormat(
                    "llama-2", "<s>[INST] <<SYS>>\n" + SystemText.LLAMA_2 + "\n<</SYS>>\n\n ", "", "[/INST]"),
            Stops.ofTokens(2),
            scripts(1, 2, "</s>"));

    static final Family FALCON = new Family(
            SaneFormats.FALCON,
            new OriginalFormat(Quirk.HALVES_NEWLINES, "falcon", " ", "User: ", "\n\nAssistant:"),
            new Stops(List.of("\nUser"), List.of(11)),
            scripts(0, 0, "\nUser"));

    /** Tag 49155 closes a turn. The second script has no branch for it. */
    static final Family STARCHAT = new Family(
            SaneFormats.STARCHAT,
            new OriginalFormat("starchat", "<|system|>", "<|end|>\n<|user|>", "<|end|>\n<|assistant|>"),
            new Stops(List.of("<|end|>"), List.of(49155, 0)),
            Map.of(HUGGING_FACE, new OriginalRun(List.of(), OptionalInt.of(0))));

    static final Family MPT = new Family(
            SaneFormats.MPT,
            new OriginalFormat(
                    "mpt-chatml",
                    "<|im_start|>system\n" + SystemText.MPT + " ",
                    "<|im_end|>\n<|im_start|>user\n",
                    "<|im_end|>\n<|im_start|>assistant\n"),
            new Stops(List.of("<|im_end|>"), List.of(50278, 0)),
            scripts(0, 0, "<|im_end|>", "<|endoftext|>"));

    @Nullable PromptFormat format(PromptProfile profile) {
        return profile == PromptProfile.SANE ? sane : original;
    }

    /** Both scripts ran it; the first passed no stop, since its criterion never stopped anything. */
    private static Map<OriginalBackend, OriginalRun> scripts(int bosInPipeline, int bosInVllm, String... vllmStops) {
        return Map.of(
                HUGGING_FACE, new OriginalRun(List.of(), OptionalInt.of(bosInPipeline)),
                VLLM, new OriginalRun(List.of(vllmStops), OptionalInt.of(bosInVllm)));
    }
}
