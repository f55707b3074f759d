package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.error.Certainty;
import org.junit.jupiter.api.Test;

final class ChatCallTest {
    private final ChatCall call = TestCalls.call(new TestCalls.Heard(false));

    @Test
    void whatIsKnownOfAllAttemptsIsTheWorstOfThem() {
        assertThat(call.certainty()).isEqualTo(Certainty.NOT_SENT);
        int unused = call.attemptBegins();
        assertThat(call.certainty()).as("under way").isEqualTo(Certainty.MAYBE_DONE);
        call.attemptEnded(Certainty.REFUSED);
        assertThat(call.certainty()).isEqualTo(Certainty.REFUSED);
        int unusedToo = call.attemptBegins();
        call.attemptEnded(Certainty.MAYBE_DONE);
        int unusedThree = call.attemptBegins();
        call.attemptEnded(Certainty.REFUSED);
        assertThat(call.certainty()).isEqualTo(Certainty.MAYBE_DONE);
    }

    @Test
    void anAnswerThatHasComeIsNotTakenForARequestThatWaits() {
        int unused = call.attemptBegins();
        call.attemptEnded(null);
        assertThat(call.onTheWire())
                .as("or the end of a run would throw it away")
                .isTrue();
        assertThat(call.certainty()).isEqualTo(Certainty.MAYBE_DONE);
    }
}
