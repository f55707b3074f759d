package io.github.ultrafeedback.onnx.internal.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes tokenizers of some hundred tokens in the two styles of today's models. */
final class SmallTokenizers {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SmallTokenizers() {}

    /** Byte-level BPE as GPT-2, Llama 3 and Qwen: control tokens 0 to 2, and four added ones behind the vocabulary. */
    static Path byteLevel(Path folder) {
        Map<String, Integer> vocab = new LinkedHashMap<>();
        List<Object> merges = new ArrayList<>();
        for (String control : List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>")) {
            vocab.put(control, vocab.size());
        }
        for (int b = 0; b < 256; b++) {
            vocab.put(String.valueOf(byteChar(b)), vocab.size());
        }
        for (String word : List.of(
                bytes(" world"),
                "hello",
                "system",
                "user",
                bytes("\u00E9"),
                bytes("\uD83D\uDE00").substring(0, 3))) {
            addWord(word, vocab, merges, true);
        }
        List<Map<String, Object>> added = new ArrayList<>();
        for (String control : List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>")) {
            added.add(added(added.size(), control, true));
        }
        int next = vocab.size();
        added.add(added(next, "</s>", true));
        added.add(added(next + 1, "<think>", false));
        added.add(added(next + 2, "<|fim|>", false));
        added.add(added(next + 3, "</s>>", true));
        Map<String, Object> level =
                Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", true);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", "1.0");
        json.put("added_tokens", added);
        json.put("normalizer", Map.of("type", "NFC"));
        json.put("pre_tokenizer", level);
        json.put("decoder", level);
        json.put("model", model(vocab, merges, null));
        write(folder, json);
        return folder;
    }

    /**
     * BPE with byte fallback as Llama 2 and Mistral: a space in front of the text, BOS 1, and merges that build
     * {@code </s>} out of ordinary text. {@code first} adds the space at the start of the text alone.
     */
    static Path sentencePiece(Path folder, boolean first) {
        Map<String, Integer> vocab = new LinkedHashMap<>();
        List<Object> merges = new ArrayList<>();
        for (String control : List.of("<unk>", "<s>", "</s>")) {
            vocab.put(control, vocab.size());
        }
        for (int b = 0; b < 256; b++) {
            vocab.put(String.format("<0x%02X>", b), vocab.size());
        }
        for (char c : "\u2581abcdefghijklmnopqrstuvwxyz<>/[].,!".toCharArray()) {
            vocab.put(String.valueOf(c), vocab.size());
        }
        for (String word : List.of("\u2581hello", "\u2581world", "</s>", "\u2581\u2581")) {
            addWord(word, vocab, merges, false);
        }
        List<Map<String, Object>> added = new ArrayList<>();
        for (String control : List.of("<unk>", "<s>", "</s>")) {
            added.add(added(added.size(), control, true));
        }
        Map<String, Object> replace = Map.of("type", "Replace", "pattern", Map.of("String", " "), "content", "\u2581");
        Map<String, Object> back = Map.of("type", "Replace", "pattern", Map.of("String", "\u2581"), "content", " ");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model(vocab, merges, "<unk>"));
        if (first) {
            json.put(
                    "pre_tokenizer",
                    Map.of("type", "Metaspace", "replacement", "\u2581", "prepend_scheme", "first", "split", false));
        } else {
            json.put(
                    "normalizer",
                    Map.of(
                            "type",
                            "Sequence",
                            "normalizers",
                            List.of(Map.of("type", "Prepend", "prepend", "\u2581"), replace)));
        }
        json.put("post_processor", bosTemplate());
        json.put(
                "decoder",
                Map.of(
                        "type",
                        "Sequence",
                        "decoders",
                        List.of(
                                back,
                                Map.of("type", "ByteFallback"),
                                Map.of("type", "Fuse"),
                                Map.of("type", "Strip", "content", " ", "start", 1, "stop", 0))));
        json.put("added_tokens", added);
        write(folder, json);
        return folder;
    }

    static void config(Path folder, String json) {
        try {
            Files.writeString(folder.resolve("tokenizer_config.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> bosTemplate() {
        return Map.of(
                "type", "TemplateProcessing",
                "single",
                        List.of(
                                Map.of("SpecialToken", Map.of("id", "<s>", "type_id", 0)),
                                Map.of("Sequence", Map.of("id", "A", "type_id", 0))),
                "pair",
                        List.of(
                                Map.of("Sequence", Map.of("id", "A", "type_id", 0)),
                                Map.of("Sequence", Map.of("id", "B", "type_id", 1))),
                "special_tokens", Map.of("<s>", Map.of("id", "<s>", "ids", List.of(1), "tokens", List.of("<s>"))));
    }

    /** Adds the merges that build a word from left to right; pairs are written in the newer or the older way. */
    private static void addWord(String word, Map<String, Integer> vocab, List<Object> merges, boolean pairs) {
        for (int end = 2; end <= word.length(); end++) {
            String left = word.substring(0, end - 1);
            String right = word.substring(end - 1, end);
            vocab.putIfAbsent(left + right, vocab.size());
            Object merge = pairs ? List.of(left, right) : left + " " + right;
            if (!merges.contains(merge)) {
                merges.add(merge);
            }
        }
    }

    private static Map<String, Object> model(
            Map<String, Integer> vocab, List<Object> merges, @Nullable String unknown) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "BPE");
        model.put("unk_token", unknown);
        model.put("fuse_unk", unknown != null);
        model.put("byte_fallback", unknown != null);
        model.put("vocab", vocab);
        model.put("merges", merges);
        return model;
    }

    private static Map<String, Object> added(int id, String content, boolean special) {
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("id", id);
        token.put("content", content);
        for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
            token.put(flag, false);
        }
        token.put("special", special);
        return token;
    }

    private static String bytes(String text) {
        StringBuilder chars = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            chars.append(byteChar(b & 255));
        }
        return chars.toString();
    }

    /** The printable character that GPT-2 writes for a byte. */
    private static char byteChar(int b) {
        int shifted = 256;
        for (int i = 0; i < 256; i++) {
            boolean printable = (i >= 33 && i <= 126) || (i >= 161 && i <= 172) || (i >= 174);
            if (i == b) {
                return (char) (printable ? i : shifted);
            }
            shifted += printable ? 0 : 1;
        }
        throw new IllegalArgumentException("no byte: " + b);
    }

    private static void write(Path folder, Map<String, Object> json) {
        try {
            Files.createDirectories(folder);
            MAPPER.writeValue(folder.resolve("tokenizer.json").toFile(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
