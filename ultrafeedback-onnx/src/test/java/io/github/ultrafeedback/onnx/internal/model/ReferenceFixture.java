package io.github.ultrafeedback.onnx.internal.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/**
 * What Hugging Face transformers says to some prompts, written by {@code tools/make_fixtures.py}.
 *
 * @param prompts the prompts
 * @param logits float32 {@code [prompts, logitSteps, vocab]}, rounded to 16 bits of mantissa
 * @param logitSteps steps that have logits
 * @param vocabSize width of a row
 */
record ReferenceFixture(List<Prompt> prompts, FloatBuffer logits, int logitSteps, int vocabSize) {

    /**
     * One prompt.
     *
     * @param id its name
     * @param ids its tokens
     * @param greedy the tokens that follow, each the one with the highest logit
     * @param smallestGap the smallest distance between the two best logits on the way
     */
    record Prompt(String id, List<Integer> ids, List<Integer> greedy, double smallestGap) {
        int[] tokens() {
            return ids.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    static ReferenceFixture read(InputStream json, InputStream packedLogits) throws IOException {
        JsonNode root = new ObjectMapper().readTree(json);
        List<Prompt> prompts = new ArrayList<>();
        for (JsonNode prompt : root.path("prompts")) {
            prompts.add(new Prompt(
                    prompt.path("id").asText(),
                    ints(prompt.path("ids")),
                    ints(prompt.path("greedy")),
                    prompt.path("smallestGap").doubleValue()));
        }
        List<Integer> shape = ints(root.path("logits").path("shape"));
        byte[] bytes = new GZIPInputStream(packedLogits).readAllBytes();
        FloatBuffer logits =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        return new ReferenceFixture(prompts, logits, shape.get(1), shape.get(2));
    }

    private static List<Integer> ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::intValue)
                .toList();
    }

    /** The logits of one step of one prompt. */
    float[] row(int prompt, int step) {
        float[] row = new float[vocabSize];
        logits.get((prompt * logitSteps + step) * vocabSize, row);
        return row;
    }
}
