package io.github.ultrafeedback.onnx.internal.text;

import java.util.Random;

/** Draws texts that mix plain words, white space, several scripts, emoji and the names of control tokens. */
final class RandomText {
    private static final String[] PARTS = {
        "hello",
        " world",
        " ",
        "  ",
        "\n",
        "\n\n",
        "a",
        "system",
        "user",
        "1234",
        "don't",
        ", ",
        ".",
        "\u00E9",
        "e\u0301",
        "\u4F60\u597D",
        "\u3053",
        "\uD83D\uDE00",
        "\uD83D\uDC68\u200D\uD83D\uDC69",
        "\u0645",
        "\u0000",
        "\uFFFD",
        "\u2581",
        "\uE000",
        "<",
        "|>",
        "<|",
        "/s>"
    };
    private static final String[] CONTROLS = {"</s>", "<s>", "<|im_end|>", "<|im_start|>", "<|fim|>", "<think>", "</s>>"
    };

    private RandomText() {}

    static String plain(Random random, int parts) {
        return draw(random, parts, false);
    }

    static String withControls(Random random, int parts) {
        return draw(random, parts, true);
    }

    private static String draw(Random random, int parts, boolean controls) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            String[] from = controls && random.nextInt(4) == 0 ? CONTROLS : PARTS;
            text.append(from[random.nextInt(from.length)]);
        }
        return text.toString();
    }
}
