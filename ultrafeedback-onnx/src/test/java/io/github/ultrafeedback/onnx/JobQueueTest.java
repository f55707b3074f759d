package io.github.ultrafeedback.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.onnx.internal.generation.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class JobQueueTest {
    private final JobQueue queue = new JobQueue(2);

    private static Job job() {
        return new Job(GenerationRequest.of(Prompt.of("Hello")), SamplingParams.defaults());
    }

    @Test
    void jobsLeaveInTheOrderInWhichTheyCame() {
        Job first = job();
        Job second = job();
        queue.offer(first);
        queue.offer(second);
        assertThat(queue.take()).isSameAs(first);
        assertThat(queue.take()).isSameAs(second);
    }

    @Test
    void aFullQueueTakesNoMoreUntilOneLeaves() {
        Job waiting = job();
        queue.offer(waiting);
        queue.offer(job());
        assertThat(queue.offer(job())).isEqualTo(JobQueue.Offer.FULL);
        assertThat(queue.remove(waiting)).isTrue();
        assertThat(queue.offer(job())).isEqualTo(JobQueue.Offer.TAKEN);
    }

    @Test
    void closingHandsBackWhatWaitsAndWhatIsAtWork() {
        Job running = job();
        Job waiting = job();
        queue.offer(running);
        queue.take();
        queue.offer(waiting);
        assertThat(queue.close()).containsExactlyInAnyOrder(running, waiting);
        assertThat(queue.offer(job())).isEqualTo(JobQueue.Offer.CLOSED);
        assertThat(queue.take()).isNull();
    }

    @Test
    void closingWakesTheThreadThatWaits() throws Exception {
        CompletableFuture<Boolean> woken = CompletableFuture.supplyAsync(() -> queue.take() == null);
        queue.close();
        assertThat(woken.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theGaugesCountWaitingAndRunningJobs() {
        List<String> heard = new ArrayList<>();
        GeneratorListener listener = new GeneratorListener() {
            @Override
            public void load(int queued, int inFlight) {
                heard.add(queued + " " + inFlight);
            }
        };
        queue.offer(job());
        queue.offer(job());
        queue.report(listener);
        queue.take();
        queue.report(listener);
        queue.release();
        queue.report(listener);
        assertThat(heard).containsExactly("2 0", "1 1", "1 0");
    }

    @Test
    void anOlderLoadNeverOvertakesANewerOne() {
        List<String> heard = new ArrayList<>();
        GeneratorListener slow = new GeneratorListener() {
            @Override
            public void load(int queued, int inFlight) {
                if (queued == 1) { // another thread is done with the job before this one is heard
                    CompletableFuture.runAsync(() -> {
                                queue.take();
                                queue.release();
                                queue.report(this);
                            })
                            .join();
                }
                heard.add(queued + " " + inFlight);
            }
        };
        queue.offer(job());
        queue.report(slow);
        assertThat(heard).containsExactly("1 0", "0 0");
    }
}
