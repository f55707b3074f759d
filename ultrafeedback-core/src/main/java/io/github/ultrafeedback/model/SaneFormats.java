package io.github.ultrafeedback.model;

import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.model.TurnFormat.Marks;
import io.github.ultrafeedback.model.TurnFormat.Opening;

/**
 * What the models were trained on, as their cards and FastChat describe it.
 *
 * <p>The principle stands where the system text does, after the text that belongs to the format. No format writes the
 * begin-of-sequence token at the start of the prompt: the tokenizer adds exactly one where its configuration asks for
 * it.
 */
final class SaneFormats {
    /** One system turn; the original wrote two without a line break between them, and a space at the end. */
    static final PromptFormat ULTRALM = new TurnFormat(
            "ultralm",
            new Opening("User: " + SystemText.ULTRALM, new Marks(" ", ""), "</s>\n"),
            new Marks("User: ", "</s>\n"),
            new Marks("Assistant: ", "</s>\n"),
            "Assistant:");

    static final PromptFormat VICUNA = new TurnFormat(
            "vicuna",
            new Opening(SystemText.VICUNA, new Marks(" ", ""), " "),
            new Marks("USER: ", " "),
            new Marks("ASSISTANT: ", "</s>"),
            "ASSISTANT:");

    /** It knows no system text, so the principle goes before the instruction; the original lost it. */
    static final PromptFormat WIZARDLM_7B = new TurnFormat(
            "wizardlm-7b",
            new Opening("", new Marks("", "\n\n"), ""),
            new Marks("", "\n\n"),
            null, // trained on single instructions
            "### Response:");

    /** A line break after the instruction's mark, where the original followed FastChat's space. */
    static final PromptFormat ALPACA = new TurnFormat(
            "alpaca",
            new Opening(SystemText.ALPACA, new Marks(" ", ""), "\n\n"),
            new Marks("### Instruction:\n", "\n\n"),
            null, // trained on single instructions
            "### Response:");

    /**
     * The principle stands inside the SYS block; the original wrote it behind, glued to the instruction. The first user
     * turn has its mark in the opening, since the SYS block stands inside that turn; each later turn begins a sequence
     * of its own, as in Meta's training.
     */
    static final PromptFormat LLAMA_2 = new TurnFormat(
            "llama-2",
            new Opening("[INST] <<SYS>>\n" + SystemText.LLAMA_2, new Marks("\n\n", ""), "\n<</SYS>>\n\n"),
            new Marks("", " [/INST]"),
            new Marks(" ", " </s><s>[INST] "),
            "");

    /** No official chat format exists. The original glued the principle to the mark and put a space before it. */
    static final PromptFormat FALCON = new TurnFormat(
            "falcon",
            new Opening("", new Marks("", "\n"), ""),
            new Marks("User: ", "\n\n"),
            null, // nothing says how turns were joined
            "Assistant:");

    /** The system turn is written even when empty, as on the model's card. */
    static final PromptFormat STARCHAT = new TurnFormat(
            "starchat",
            new Opening("<|system|>\n", new Marks("", ""), "<|end|>\n"),
            new Marks("<|user|>\n", "<|end|>\n"),
            new Marks("<|assistant|>\n", "<|end|>\n"),
            "<|assistant|>");

    /** ChatML under a system text of its own. */
    static final PromptFormat MPT = new TurnFormat(
            "mpt-chatml",
            new Opening("<|im_start|>system\n" + SystemText.MPT, new Marks(" ", ""), "<|im_end|>\n"),
            new Marks("<|im_start|>user\n", "<|im_end|>\n"),
            new Marks("<|im_start|>assistant\n", "<|im_end|>\n"),
            "<|im_start|>assistant\n");

    private SaneFormats() {}
}
