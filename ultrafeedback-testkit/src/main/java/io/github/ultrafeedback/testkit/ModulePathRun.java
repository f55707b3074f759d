package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program in a JVM of its own that has a module on its module path, for a test whose own JVM has it on the class
 * path. Shows whether the module's descriptor requires and provides all that the program needs.
 *
 * <p>On the module path stand, of the class path of this JVM, each folder with a {@code module-info.class} and the jars
 * that the test names. On the class path stands the probe alone.
 */
public final class ModulePathRun {
    private ModulePathRun() {}

    /**
     * Runs a probe and waits for its end, however long it takes.
     *
     * @param modules names of the modules to start with, with commas between them
     * @param jars matches the whole file name of each jar that belongs on the module path; test libraries do not
     * @param probe has a main method; its package must be none of a module's. The other classes in its folder are on
     *     the class path too
     * @param arguments of the main method
     * @return what it printed, errors included
     * @throws AssertionError if it ended with another status than 0; the message has what it printed
     * @throws IOException if the JVM cannot be started
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    public static String output(String modules, Pattern jars, Class<?> probe, String... arguments)
            throws IOException, InterruptedException {
        String modulePath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> isModule(Path.of(entry), jars))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                modulePath,
                "--add-modules",
                modules,
                "-cp",
                folder(probe),
                probe.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static boolean isModule(Path entry, Pattern jars) {
        return Files.isDirectory(entry)
                ? Files.exists(entry.resolve("module-info.class"))
                : jars.matcher(entry.getFileName().toString()).matches();
    }

    private static String folder(Class<?> probe) {
        URI location = URI.create(
                probe.getProtectionDomain().getCodeSource().getLocation().toString());
        return Path.of(location).toString();
    }
}
