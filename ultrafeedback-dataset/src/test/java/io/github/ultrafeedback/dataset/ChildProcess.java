package io.github.ultrafeedback.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second JVM with our class path. */
record ChildProcess(Process process, BufferedReader out) implements AutoCloseable {
    private static final Path LIBRARY = extractLibrary();

    /** A small JVM that writes no files of its own: SQLite's library is taken from a folder where it lies ready. */
    static ChildProcess start(List<String> before, String main, Object... args) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dorg.sqlite.lib.path=" + LIBRARY.getParent(),
                "-Dorg.sqlite.lib.name=" + LIBRARY.getFileName(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new ChildProcess(
                process, new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    private static Path extractLibrary() {
        String name = System.mapLibraryName("sqlitejdbc");
        String os = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        try (InputStream in = ChildProcess.class.getResourceAsStream("/org/sqlite/native/Linux/" + os + "/" + name)) {
            Path temporary = Files.createTempDirectory("sqlite");
            Path library = temporary.resolve(name);
            Files.copy(in, library);
            temporary.toFile().deleteOnExit(); // files go in the reverse order
            library.toFile().deleteOnExit();
            return library;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitLine(String line) throws IOException {
        for (String read = out.readLine(); !line.equals(read); read = out.readLine()) {
            if (read == null) {
                throw new IOException("the child ended before it said '" + line + "'");
            }
        }
    }

    List<String> rest() {
        return out.lines().toList();
    }

    /** True if it ended by itself in that time. */
    boolean endsWithin(long micros) throws InterruptedException {
        return process.waitFor(micros, TimeUnit.MICROSECONDS);
    }

    /** SIGKILL: nothing in the process runs after it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
