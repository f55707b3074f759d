package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.onnx.internal.model.SlotDecoder;
import io.github.ultrafeedback.onnx.internal.sampling.SamplingWorkspace;
import io.github.ultrafeedback.onnx.internal.sampling.TokenSampler;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What continuous batching is measured against: the rows of a batch start together, and the next batch waits for the
 * longest. Prompts are computed one after the other, then all rows decode. A row whose answer is whole either runs on
 * at its last position, as where nobody can take it out, or leaves, as in the best static batch there can be; here the
 * lengths are known beforehand, so rows are sorted by them and none has to move. Only tokens: no text is made.
 */
final class StaticBatch {
    private final SlotDecoder decoder;
    private final Tokenizer tokenizer;
    private final SamplingWorkspace workspace;
    private final boolean leaving;

    /** A request on its way. */
    private static final class Row {
        final int index;
        final int[] prompt;
        final int[] answer;
        final TokenSampler sampler;
        int drawn;

        Row(int index, GenerationRequest request, int[] prompt) {
            this.index = index;
            this.prompt = prompt;
            this.answer = new int[request.params().maxTokens()];
            long seed = request.params().seed().orElseThrow();
            this.sampler = TokenSampler.create(request.params(), seed, 0, prompt, new int[0]);
        }

        boolean whole() {
            return drawn == answer.length;
        }

        void draw(FloatBuffer logits, SamplingWorkspace workspace) {
            answer[drawn++] = sampler.next(logits, workspace);
        }
    }

    /** Takes the slots, and whether rows that are whole leave. */
    StaticBatch(SlotDecoder decoder, Tokenizer tokenizer, boolean leaving) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.workspace = SamplingWorkspace.create(decoder.vocabSize());
        this.leaving = leaving;
    }

    /** Answers one batch: the tokens of each request, in order. */
    List<int[]> answer(List<GenerationRequest> requests) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            String text = String.valueOf(requests.get(i).prompt().rawText());
            rows.add(new Row(i, requests.get(i), tokenizer.encodeRaw(text)));
        }
        rows.sort(Comparator.comparingInt((Row row) -> row.answer.length).reversed());
        for (int slot = 0; slot < rows.size(); slot++) {
            prefill(slot, rows.get(slot));
        }
        int open = rows.size();
        while (!rows.get(0).whole()) {
            while (leaving && rows.get(open - 1).whole()) {
                open--;
            }
            step(rows.subList(0, open));
        }
        rows.sort(Comparator.comparingInt(row -> row.index));
        return rows.stream().map(row -> row.answer).toList();
    }

    private void prefill(int slot, Row row) {
        FloatBuffer logits = Prefills.whole(decoder, slot, row.prompt);
        row.draw(logits, workspace);
    }

    private void step(List<Row> rows) {
        int[] ids = new int[rows.size()];
        int[] lengths = new int[rows.size()];
        for (int i = 0; i < ids.length; i++) {
            Row row = rows.get(i);
            int last = row.drawn - 1;
            ids[i] = row.answer[last];
            lengths[i] = row.prompt.length + last;
        }
        FloatBuffer logits = decoder.decode(ids.length, ids, lengths);
        for (int i = 0; i < ids.length; i++) {
            if (!rows.get(i).whole()) {
                rows.get(i).draw(logits.position(i * decoder.vocabSize()), workspace);
            }
        }
    }
}
