package io.github.ultrafeedback;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** Token ids at four bytes each: boxed, those of a large data set would take gigabytes. Immutable. */
final class TokenIds extends AbstractList<Integer> implements RandomAccess {
    private final int[] ids;

    private TokenIds(int[] ids) {
        this.ids = ids;
    }

    static TokenIds copyOf(int[] ids) {
        return new TokenIds(ids.clone());
    }

    static TokenIds copyOf(List<Integer> ids) {
        return ids instanceof TokenIds own
                ? own
                : new TokenIds(ids.stream()
                        .mapToInt(id -> Objects.requireNonNull(id, "tokenIds must not hold null"))
                        .toArray());
    }

    int[] toIntArray() {
        return ids.clone();
    }

    @Override
    public Integer get(int index) {
        return ids[index];
    }

    @Override
    public int size() {
        return ids.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIds own ? Arrays.equals(ids, own.ids) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids); // what List asks for
    }
}
