package io.github.ultrafeedback.openai;

import java.util.concurrent.atomic.AtomicInteger;

/** Work that one thread at a time does, in a loop: again for whoever asked meanwhile, so that no stack grows. */
final class OneAtATime {
    private final Runnable work;
    private final AtomicInteger asked = new AtomicInteger();

    OneAtATime(Runnable work) {
        this.work = work;
    }

    /** Does the work, or has whoever is at it do it once more. */
    void run() {
        if (asked.getAndIncrement() != 0) {
            return;
        }
        boolean ended = false;
        try {
            while (!ended) {
                int seen = asked.get();
                work.run();
                ended = asked.compareAndSet(seen, 0);
            }
        } finally {
            if (!ended) { // it threw: the next one who asks must not take us for still at it
                asked.set(0);
            }
        }
    }
}
