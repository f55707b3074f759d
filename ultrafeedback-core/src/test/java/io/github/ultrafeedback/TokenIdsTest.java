package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.RandomAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenIdsTest {
    private static Choice choice(int... ids) {
        return new Choice(0, "text", ids, List.of(), FinishReason.STOP, null);
    }

    private static Choice choice(List<Integer> ids) {
        return new Choice(0, "text", ids, List.of(), FinishReason.STOP, null);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theyAreAListLikeAnyOther(long seed) {
        int[] ids = new Random(seed).ints(1 + seed * 37, 0, 200_000).toArray();
        List<Integer> naive = Arrays.stream(ids).boxed().toList();
        for (List<Integer> kept : List.of(choice(ids).tokenIds(), choice(naive).tokenIds())) {
            assertThat(kept).isEqualTo(naive).hasSameHashCodeAs(naive).hasToString(naive.toString());
            assertThat(naive).isEqualTo(kept);
            assertThat(kept).isInstanceOf(RandomAccess.class).containsExactlyElementsOf(naive);
            assertThat(kept.subList(1, kept.size())).isEqualTo(naive.subList(1, naive.size()));
            assertThat(kept.indexOf(ids[ids.length - 1])).isEqualTo(naive.indexOf(ids[ids.length - 1]));
        }
        assertThat(choice(ids)).isEqualTo(choice(naive)).hasSameHashCodeAs(choice(naive));
        assertThat(choice(ids).tokenIds()).isNotEqualTo(naive.subList(1, naive.size()));
        ids[0]++;
        assertThat(choice(ids)).isNotEqualTo(choice(naive));
    }

    @Test
    void nobodyCanChangeThem() {
        int[] given = {7, 8, 9};
        List<Integer> givenList = new ArrayList<>(List.of(7, 8, 9));
        for (Choice choice : List.of(choice(given), choice(givenList))) {
            given[0] = 0;
            givenList.set(0, 0);
            choice.tokenIdArray()[1] = 0;
            assertThat(choice.tokenIds()).containsExactly(7, 8, 9);
            assertThat(choice.tokenIdArray()).containsExactly(7, 8, 9);
            assertThatThrownBy(() -> choice.tokenIds().set(0, 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> choice.tokenIds().add(1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> choice.tokenIds().remove(0)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> choice.tokenIds().clear()).isInstanceOf(UnsupportedOperationException.class);
            given[0] = 7;
            givenList.set(0, 7);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without a checker may do
    void nullIsRefused() {
        assertThatThrownBy(() -> choice(Arrays.asList(1, null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("tokenIds must not hold null");
        assertThatThrownBy(() -> choice((int[]) null)).isInstanceOf(NullPointerException.class);
    }
}
