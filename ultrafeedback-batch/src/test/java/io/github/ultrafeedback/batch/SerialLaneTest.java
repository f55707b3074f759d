package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SerialLaneTest {
    private final Deque<Runnable> started = new ArrayDeque<>();
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void aTaskThatThrowsDoesNotHoldUpThoseBehindIt() {
        SerialLane lane = new SerialLane(started::add);
        lane.execute(() -> SerialLaneTest.<RuntimeException>sneak(new Exception("checked")));
        lane.execute(() -> ran.add(1));
        started.remove().run();
        lane.execute(() -> ran.add(2));
        started.remove().run();
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void aLaneThatGotNoThreadTriesAgain() {
        boolean[] full = {true};
        SerialLane lane = new SerialLane(work -> {
            if (full[0]) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            started.add(work);
        });
        assertThatThrownBy(() -> lane.execute(() -> ran.add(1))).isInstanceOf(OutOfMemoryError.class);
        full[0] = false;
        lane.execute(() -> ran.add(2));
        started.remove().run();
        assertThat(ran).containsExactly(2);
    }

    /** Throws a checked exception where none is declared, as other languages do. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "DoNotCallSuggester"})
    static <T extends Throwable> void sneak(Throwable cause) throws T {
        throw (T) cause;
    }
}
