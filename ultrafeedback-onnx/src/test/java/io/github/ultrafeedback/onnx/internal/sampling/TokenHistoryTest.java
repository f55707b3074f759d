package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenHistoryTest {
    @ParameterizedTest
    @ValueSource(ints = {5, 300, 151_936})
    void itCountsAsAMapDoes(int vocab) {
        Random random = new Random(vocab);
        int[] prompt = random.ints(200, 0, vocab).toArray();
        Map<Integer, Integer> expected = new LinkedHashMap<>();
        for (int id : prompt) {
            expected.put(id, 0);
        }
        TokenHistory history = new TokenHistory(prompt);
        for (int i = 0; i < 3000; i++) {
            int id = random.nextInt(vocab);
            history.add(id);
            expected.merge(id, 1, Integer::sum);
        }
        Map<Integer, Integer> found = new LinkedHashMap<>();
        for (int i = 0; i < history.size(); i++) {
            found.put(history.id(i), history.drawn(i));
        }
        assertThat(found).containsExactlyEntriesOf(expected);
    }
}
