package io.github.ultrafeedback;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/** Compiles small classes that must not be on the test's own class path. */
final class Javac {
    private Javac() {}

    /** Takes sources by file name; the classes lie in {@code folder} afterwards. */
    static void compile(Path folder, Map<String, String> sources, String... options) {
        List<String> arguments = new ArrayList<>(List.of("-d", folder.toString(), "-proc:none", "-nowarn"));
        arguments.addAll(List.of(options));
        sources.forEach(
                (name, text) -> arguments.add(write(folder.resolve(name), text).toString()));
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow(() -> new AssertionError("needs a JDK"));
        if (javac.run(writer, writer, arguments.toArray(String[]::new)) != 0) {
            throw new AssertionError(output);
        }
    }

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder or JAR that a class comes from. */
    static String home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The source of a provider named {@code name} that takes every model; its class is {@code made.<type>}. */
    static String provider(String type, String name, String constructor, String supports) {
        return """
                package made;

                import io.github.ultrafeedback.*;
                import java.util.concurrent.CompletableFuture;

                public final class %s implements GeneratorProvider {
                    public %s() { %s }
                    public String name() { return "%s"; }
                    public String describe() { return "all that %s takes"; }
                    public boolean supports(ModelRef model, GeneratorOptions options) { %s }
                    public Generator open(ModelRef model, GeneratorOptions options) {
                        return new Generator() {
                            public ModelRef model() { return new ModelRef("%s", model.name()); }
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                return new CompletableFuture<>();
                            }
                            public void close() {}
                        };
                    }
                }
                """.formatted(type, type, constructor, name, name, supports, name);
    }
}
