package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

final class Http2ClientsTest {
    private int opened;
    private final Http2Clients clients = new Http2Clients(
            () -> {
                opened++;
                return HttpClient.newHttpClient(); // asked for nothing
            },
            Runnable::run);

    @Test
    void aConnectionGetsOneRequestAloneUntilItIsUp() {
        List<CompletableFuture<Lease>> leases = lease(10);
        assertThat(leases.stream().filter(CompletableFuture::isDone)).hasSize(4);
        assertThat(opened).isEqualTo(4);
        up(leases.get(0));
        assertThat(leases).allMatch(CompletableFuture::isDone);
        assertThat(opened).isEqualTo(4);
    }

    @Test
    void noConnectionGetsMoreThanAHundredBeforeItHasAnswered() {
        List<CompletableFuture<Lease>> leases = allUp(2_000);
        assertThat(opened).isBetween(20, 20 + 3); // up to four handshakes run at once
        assertThat(loads(leases)).allMatch(load -> load <= 100);
    }

    @Test
    void connectionsThatAnswerTakeMoreInPlaceOfFurtherOnes() {
        answerAll(allUp(800));
        int before = opened;
        allUp(2_000);
        assertThat(before).isBetween(8, 8 + 3);
        assertThat(opened).isEqualTo(before);
    }

    @Test
    void aConnectionThatTurnsOneAwayShowsWhatAllOfThemTake() {
        answerAll(allUp(800));
        lease(1).get(0).join().ended(new IOException("too many concurrent streams"));
        List<CompletableFuture<Lease>> leases = allUp(2_000);
        assertThat(opened).isBetween(28, 28 + 3);
        assertThat(loads(leases)).allMatch(load -> load <= 100);
    }

    @Test
    void allThatWaitFailWithAServerThatCannotBeReached() {
        List<CompletableFuture<Lease>> leases = lease(1_000);
        leases.get(0).join().ended(new ConnectException("refused"));
        assertThat(leases.subList(4, 1_000)).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void aCancelledRequestThatWaitsTakesNoPlace() {
        List<CompletableFuture<Lease>> leases = lease(6);
        leases.get(4).cancel(false);
        up(leases.get(0));
        assertThat(leases.get(5)).isDone();
        assertThat(loads(List.of(leases.get(0), leases.get(5)))).containsExactly(2L);
    }

    @Test
    void closingFailsWhatWaitsAndWhatComesAfter() {
        List<CompletableFuture<Lease>> leases = lease(6);
        clients.close();
        assertThat(leases.get(5)).isCompletedExceptionally();
        assertThat(lease(1).get(0)).isCompletedExceptionally();
    }

    private List<CompletableFuture<Lease>> lease(int count) {
        List<CompletableFuture<Lease>> leases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leases.add(clients.lease());
        }
        return leases;
    }

    private List<CompletableFuture<Lease>> allUp(int count) {
        List<CompletableFuture<Lease>> leases = lease(count);
        leases.forEach(Http2ClientsTest::up);
        return leases;
    }

    /** Answers each, while another takes its place. */
    private void answerAll(List<CompletableFuture<Lease>> leases) {
        leases.forEach(lease -> {
            lease.join().ended(null);
            up(lease(1).get(0));
        });
    }

    private static List<Long> loads(List<CompletableFuture<Lease>> leases) {
        return leases.stream()
                .map(lease -> lease.join().client())
                .distinct()
                .map(client -> leases.stream()
                        .filter(lease -> lease.join().client() == client)
                        .count())
                .toList();
    }

    /** As the client does once the connection has taken the request. */
    private static void up(CompletableFuture<Lease> lease) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost/"))
                .POST(HttpRequest.BodyPublishers.ofString("text"))
                .build();
        lease.join().watched(request).bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.cancel();
            }

            @Override
            public void onNext(ByteBuffer item) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
    }
}
