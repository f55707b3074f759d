package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.batch.BatchGenerator;
import io.github.ultrafeedback.batch.RunClock;
import io.github.ultrafeedback.batch.TimedBatch;
import io.github.ultrafeedback.onnx.device.Device;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import io.github.ultrafeedback.onnx.internal.model.OnnxModel;
import io.github.ultrafeedback.onnx.internal.model.OnnxRuntime;
import io.github.ultrafeedback.onnx.internal.model.RuntimeOptions;
import io.github.ultrafeedback.onnx.internal.model.SlotDecoder;
import io.github.ultrafeedback.onnx.internal.sampling.SamplingWorkspace;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What continuous batching gives: decoding beside a bare loop over the same shapes, and a whole job
 * ({@link JobLengths}) beside the sequential backend and static batches. Same folder, same prompts, same seeds; every
 * answer must have the same tokens in all of them, or the program fails.
 *
 * <p>The slow ones answer a random part of the job, at the same seed the same part; their speed in completion tokens a
 * second stands for the whole. Half of it runs before the batch and half after.
 *
 * <p>Usage: {@code BatchThroughput <model folder> [prompts] [sequential prompts] [static batches] [blocks]}; 256, 24, 2
 * and 12 by default. No prompts: decoding alone. No blocks: the job alone. Prints Markdown.
 */
public final class BatchThroughput {
    private static final int SLOTS = 32;
    private static final long SEED = 6;

    private final Path folder;
    private final Tokenizer tokenizer;
    private final List<GenerationRequest> job;
    private final int[][] answers;

    private BatchThroughput(Path folder, Tokenizer tokenizer, int prompts) {
        this.folder = folder;
        this.tokenizer = tokenizer;
        this.job = JobLengths.job(tokenizer, prompts, SEED);
        this.answers = new int[prompts][];
    }

    /** Answers some requests of the job. */
    private interface Side {
        List<int[]> answer(List<GenerationRequest> requests);
    }

    /**
     * Runs the measurement.
     *
     * @param args model folder, prompts, sequential prompts, static batches, blocks of decoding
     */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        int[] numbers = {256, 24, 2, 12};
        for (int i = 1; i < args.length; i++) {
            numbers[i - 1] = Integer.parseInt(args[i]);
        }
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            BatchThroughput run = new BatchThroughput(folder, tokenizer, numbers[0]);
            System.out.printf(
                    "%s, %s, Vector API: %s%n%n",
                    folder.getFileName(),
                    System.getProperty("java.version"),
                    SamplingWorkspace.create(1).vectorized());
            if (numbers[3] > 0) {
                run.decode(numbers[3]);
            }
            if (numbers[0] > 0) {
                run.job(numbers[1], numbers[2]);
            }
        }
    }

    private void decode(int blocks) {
        RunClock clock = new RunClock();
        try (BatchGenerator generator = open(clock)) {
            DecodeShare share = new DecodeShare(generator, clock, tokenizer);
            share.measure(SLOTS, 77, 3); // warms up
            System.out.println(DecodeShare.head());
            System.out.println(share.measure(SLOTS, 77, blocks));
            System.out.println(share.measure(SLOTS, 600, Math.max(3, blocks / 4)));
            System.out.println(share.measure(8, 77, Math.max(3, blocks / 2)));
            System.out.println(share.measure(1, 77, Math.max(3, blocks / 2)));
            System.out.println();
        }
    }

    private void job(int sequentialPrompts, int staticBatches) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < job.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(SEED));
        List<Integer> part = order.subList(0, Math.min(sequentialPrompts, job.size()));
        List<List<Integer>> groups = groups(staticBatches);
        Speed sequential = sequential(part.subList(0, part.size() / 2));
        List<Speed> others = new ArrayList<>(statics(groups.subList(0, groups.size() / 2)));
        RunClock clock = new RunClock();
        Speed batch = batch(clock);
        List<Speed> more = statics(groups.subList(groups.size() / 2, groups.size()));
        for (int i = 0; i < others.size(); i++) {
            others.set(i, others.get(i).plus(more.get(i)));
        }
        others.add(0, sequential.plus(sequential(part.subList(part.size() / 2, part.size()))));
        print(batch, others, clock.totals());
    }

    /** Batches as they stand in the job, some of them drawn at random. */
    private List<List<Integer>> groups(int count) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int from = 0; from < job.size(); from += SLOTS) {
            List<Integer> group = new ArrayList<>();
            for (int i = from; i < Math.min(job.size(), from + SLOTS); i++) {
                group.add(i);
            }
            groups.add(group);
        }
        Collections.shuffle(groups, new Random(SEED));
        return groups.subList(0, Math.min(count, groups.size()));
    }

    private BatchGenerator open(RunClock clock) {
        return TimedBatch.open(ModelRef.parse("batch:" + folder), GeneratorOptions.defaults(), clock);
    }

    private Speed batch(RunClock clock) {
        try (BatchGenerator generator = open(clock)) {
            Answers.of(generator, warmUp());
            clock.watch(0, 0);
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < job.size(); i++) {
                all.add(i);
            }
            Speed speed = time("batch", all, requests -> Answers.of(generator, requests));
            System.out.println(generator.stats());
            return speed;
        }
    }

    private Speed sequential(List<Integer> part) {
        try (Generator generator = Generators.forModel("onnx:" + folder)) {
            Answers.of(generator, warmUp().subList(0, 1));
            return time("sequential backend", part, requests -> Answers.of(generator, requests));
        }
    }

    private List<Speed> statics(List<List<Integer>> groups) {
        int capacity = 1;
        for (GenerationRequest request : job) {
            int prompt = tokenizer.encodeRaw(String.valueOf(request.prompt().rawText())).length;
            capacity = Math.max(capacity, prompt + request.params().maxTokens());
        }
        List<Speed> speeds = new ArrayList<>();
        try (OnnxModel model = OnnxRuntime.open(ModelFolder.open(folder, null), RuntimeOptions.on(Device.CPU));
                SlotDecoder decoder = model.newSlotDecoder(SLOTS, capacity)) {
            for (boolean leaving : new boolean[] {false, true}) {
                StaticBatch side = new StaticBatch(decoder, tokenizer, leaving);
                side.answer(warmUp());
                String what = leaving ? "static batch, whole rows leave" : "static batch, waits for the longest";
                Speed sum = new Speed(what, 0, 0, 0);
                for (List<Integer> group : groups) {
                    sum = sum.plus(time(what, group, side::answer));
                }
                speeds.add(sum);
            }
        }
        return speeds;
    }

    private List<GenerationRequest> warmUp() {
        return JobLengths.job(tokenizer, 8, 1).stream()
                .map(request -> GenerationRequest.of(request.prompt(), JobLengths.exactly(24, 1)))
                .toList();
    }

    private Speed time(String what, List<Integer> part, Side side) {
        long start = System.nanoTime();
        List<int[]> drawn = side.answer(part.stream().map(job::get).toList());
        long nanos = System.nanoTime() - start;
        long tokens = 0;
        for (int i = 0; i < part.size(); i++) {
            int request = part.get(i);
            if (answers[request] != null && !Arrays.equals(answers[request], drawn.get(i))) {
                throw new IllegalStateException("request " + request + " has other tokens here: " + what);
            }
            answers[request] = drawn.get(i);
            tokens += drawn.get(i).length;
        }
        return new Speed(what, part.size(), tokens, nanos);
    }

    private void print(Speed batch, List<Speed> others, RunClock.Totals totals) {
        System.out.println(Speed.HEAD);
        System.out.println(batch.row(batch));
        others.stream().filter(other -> other.requests() > 0).forEach(other -> System.out.println(other.row(batch)));
        double outside = 1 - (double) totals.insideNanos() / batch.nanos();
        System.out.printf(
                Locale.ROOT,
                "%nbatch: outside the runs %.2f %%, copies %.2f %% among them; prompts %.1f %% of the time; %.1f rows a"
                        + " run%n",
                100 * outside,
                100.0 * totals.copyNanos() / batch.nanos(),
                100.0 * totals.prefillNanos() / batch.nanos(),
                (double) totals.decodedRows() / totals.decodeRuns());
    }
}
