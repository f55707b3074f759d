package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.PromptFormats;
import io.github.ultrafeedback.chat.RenderedPrompt;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Time per prompt of rendering a chat as ChatML, and of rendering and encoding it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PromptBenchmark {
    private static final String SENTENCE = "A train leaves the station at nine and travels at sixty miles an hour. ";

    /** Folder of the model whose tokenizer is used. */
    @Param("examples/models/ultrafeedback-tiny")
    String model;

    /** Sentences of 71 characters in the user's message. */
    @Param({"4", "64"})
    int sentences;

    private Tokenizer tokenizer;
    private List<Message> messages;

    /** Opens the tokenizer and writes the messages. */
    @Setup(Level.Trial)
    public void open() {
        tokenizer = Tokenizer.open(Path.of(model));
        messages = List.of(
                Message.system("You are a helpful assistant."), Message.user(SENTENCE.repeat(sentences) + "How far?"));
    }

    /** Frees the tokenizer. */
    @TearDown(Level.Trial)
    public void close() {
        tokenizer.close();
    }

    /**
     * Renders alone.
     *
     * @return the prompt
     */
    @Benchmark
    public RenderedPrompt render() {
        return PromptFormats.chatMl().render(messages);
    }

    /**
     * Renders and encodes.
     *
     * @return the ids
     */
    @Benchmark
    public int[] renderAndEncode() {
        return tokenizer.encode(PromptFormats.chatMl().render(messages));
    }
}
