package io.github.ultrafeedback.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client in one JVM: keeps a number of requests in flight, each answer starting the next, and prints what it
 * measured in one line. Every answer must name its own request.
 *
 * <p>Usage: {@code ClientRun <class> <base URL> <in flight> <threads|virtual> <warm-up, s> <measured, s>}.
 */
public final class ClientRun {
    private static final String QUESTION = " A train leaves the station at nine and travels at sixty miles an hour. ";
    private static final int TOO_MANY_ERRORS = 1000;

    private final Function<String, CompletionStage<String>> client;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicInteger outstanding = new AtomicInteger();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicReference<@Nullable String> firstError = new AtomicReference<>();
    private volatile Latencies latencies = new Latencies();
    private volatile boolean going = true;
    private volatile long mostHeap;

    private ClientRun(Function<String, CompletionStage<String>> client) {
        this.client = client;
    }

    static String label(long id) {
        return "id=" + id + ";";
    }

    /**
     * Runs one client and ends the JVM.
     *
     * @param args see above
     * @throws Exception if the client cannot be made
     */
    @SuppressWarnings("unchecked")
    public static void main(String[] args) throws Exception {
        int inFlight = Integer.parseInt(args[2]);
        ClientRun run = new ClientRun((Function<String, CompletionStage<String>>) Class.forName(args[0])
                .asSubclass(Function.class)
                .getConstructor(String.class, Integer.class, Executor.class)
                .newInstance(args[1], inFlight, executor(args[3], inFlight)));
        System.out.println(run.measure(inFlight, Long.parseLong(args[4]), Long.parseLong(args[5])));
        System.exit(0);
    }

    private static Executor executor(String kind, int threads) throws ReflectiveOperationException {
        return kind.equals("virtual") // JDK 21 and later
                ? (Executor) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null)
                : Executors.newFixedThreadPool(threads);
    }

    private String measure(int inFlight, long warmUp, long seconds) throws Exception {
        Thread sampler = new Thread(this::sampleHeap, "heap-sampler");
        sampler.setDaemon(true);
        sampler.start();
        for (int i = 0; i < inFlight && going; i++) {
            ask();
        }
        pause(warmUp * 1000);
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Latencies window = new Latencies();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        latencies = window;
        pause(seconds * 1000);
        latencies = new Latencies();
        double took = (System.nanoTime() - start) / 1e9;
        cpu = process.getProcessCpuTime() - cpu;
        long done = window.count();
        String speed = String.format(
                Locale.ROOT,
                "RESULT rate=%.1f p50=%.1f p99=%.1f cpu=%.1f",
                done / took,
                window.quantile(0.5),
                window.quantile(0.99),
                done == 0 ? 0 : cpu / 1e3 / done);
        return speed + end();
    }

    /** What the run took and went wrong with; waits for what is still in flight. */
    private String end() throws Exception {
        long peak = mostHeap;
        System.gc(); // with everything still in flight
        long live = heap();
        going = false;
        int threads = ManagementFactory.getThreadMXBean().getPeakThreadCount();
        for (int i = 0; i < 150 && outstanding.get() > 0; i++) {
            pause(100);
        }
        return String.format(
                Locale.ROOT,
                " peak=%d live=%d rss=%d threads=%d errors=%d wrong=%d unanswered=%d asked=%d first=%s",
                peak >> 20,
                live >> 20,
                residentPeak() >> 10,
                threads,
                errors.get(),
                wrong.get(),
                outstanding.get(),
                ids.get(),
                firstError.get());
    }

    private void ask() {
        if (!going) {
            return;
        }
        long id = ids.incrementAndGet();
        String label = label(id);
        outstanding.incrementAndGet();
        long start = System.nanoTime();
        CompletionStage<String> answer;
        try {
            answer = client.apply(QUESTION.repeat(3) + label);
        } catch (RuntimeException | OutOfMemoryError e) {
            failed(e);
            return;
        }
        CompletionStage<?> unused = answer.whenComplete((text, failure) -> {
            latencies.add(System.nanoTime() - start);
            outstanding.decrementAndGet();
            if (failure != null) {
                error(failure);
            } else if (!text.startsWith(label)) {
                wrong.incrementAndGet();
            }
            ask();
        });
    }

    private void failed(Throwable failure) {
        outstanding.decrementAndGet();
        error(failure);
        going = false;
    }

    private void error(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).replaceAll("\\s+", " ");
        firstError.compareAndSet(null, root.getClass().getSimpleName() + ": " + message);
        if (errors.incrementAndGet() > TOO_MANY_ERRORS) {
            going = false;
        }
    }

    private void sampleHeap() {
        while (true) {
            mostHeap = Math.max(mostHeap, heap());
            pause(10);
        }
    }

    private static long heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** KiB of memory that the process held at most; 0 where the system does not tell. */
    private static long residentPeak() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long rest; (rest = end - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(rest);
        }
    }
}
