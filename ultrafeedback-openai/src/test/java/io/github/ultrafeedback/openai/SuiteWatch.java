package io.github.ultrafeedback.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Records, from the first test class of the module on, every exception that this JVM makes (Flight Recorder sees all,
 * also those that a test or a layer swallows) and every line that is printed, which is where the log goes. JUnit finds
 * it by its service file.
 */
public final class SuiteWatch implements BeforeAllCallback {
    private static final String EXCEPTION = "jdk.JavaExceptionThrow";
    private static @Nullable SuiteWatch running;

    private final Recording exceptions = new Recording();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** For JUnit. */
    public SuiteWatch() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (SuiteWatch.class) {
            if (running == null) {
                running = this;
                start();
            }
        }
    }

    private void start() {
        exceptions.enable(EXCEPTION).with("throttle", "off").withStackTrace();
        exceptions.start();
        System.setErr(copied(System.err));
        System.setOut(copied(System.out));
    }

    private PrintStream copied(PrintStream original) {
        OutputStream both = new OutputStream() {
            @Override
            public void write(int b) {
                original.write(b);
                printed.write(b);
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
                original.write(bytes, from, count);
                printed.write(bytes, from, count);
            }
        };
        return new PrintStream(both, true, StandardCharsets.UTF_8);
    }

    static SuiteWatch running() {
        SuiteWatch watch = running;
        if (watch == null) {
            throw new IllegalStateException("JUnit has not found the extension: look at META-INF/services");
        }
        return watch;
    }

    List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** All made so far. */
    List<RecordedEvent> exceptions() throws IOException {
        Path file = Files.createTempFile("exceptions", ".jfr");
        try {
            exceptions.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(EXCEPTION))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }
}
