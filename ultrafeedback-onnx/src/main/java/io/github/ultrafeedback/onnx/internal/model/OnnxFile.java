package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the runtime does not tell of a graph: which operators it has and which files hold its weights. Read from the
 * {@code .onnx} file itself, without its weights.
 *
 * @param operators how often each operator type occurs, nested graphs and functions included
 * @param externalData the files with weights, relative to the folder of the graph
 */
record OnnxFile(Map<String, Integer> operators, Set<String> externalData) {

    static OnnxFile read(Path file) {
        Scan scan = new Scan();
        try (ProtobufReader reader = new ProtobufReader(file)) {
            scan.model(reader);
        } catch (IOException e) {
            throw new ModelLoadException(
                    "'" + file + "' is not a whole ONNX file (" + e.getMessage()
                            + "). A download that was cut off or a Git LFS pointer looks like this: fetch it again.",
                    e);
        }
        if (scan.operators.isEmpty()) {
            throw new ModelLoadException(
                    "'" + file + "' has no operators: it is not an ONNX graph. Fetch or export it again.");
        }
        return new OnnxFile(Map.copyOf(scan.operators), Set.copyOf(scan.externalData));
    }

    int count(String operator) {
        return operators.getOrDefault(operator, 0);
    }

    /** The runtime's own error comes late and names no fix. */
    void requireExternalData(Path graph) {
        Set<String> missing = new TreeSet<>(externalData);
        missing.removeIf(name -> Files.isRegularFile(graph.resolveSibling(name)));
        if (!missing.isEmpty()) {
            throw new ModelLoadException(
                    "'" + graph + "' keeps its weights in " + missing + ", not found beside it. Copy them into "
                            + graph.toAbsolutePath().getParent() + ".");
        }
    }

    /** Size of the graph and of the weights beside it. */
    long bytes(Path graph) {
        long bytes = graph.toFile().length();
        for (String name : externalData) {
            bytes += graph.resolveSibling(name).toFile().length();
        }
        return bytes;
    }

    /** Field numbers are those of {@code onnx.proto}; see the ONNX project's file of that name. */
    private static final class Scan {
        final Map<String, Integer> operators = new TreeMap<>();
        final Set<String> externalData = new TreeSet<>();

        void model(ProtobufReader in) throws IOException {
            for (int field = in.next(in.size()); field != 0; field = in.next(in.size())) {
                switch (field) {
                    case 7 -> graph(in, in.enter());
                    case 25 -> function(in, in.enter());
                    default -> in.skip();
                }
            }
        }

        private void graph(ProtobufReader in, long end) throws IOException {
            for (int field = in.next(end); field != 0; field = in.next(end)) {
                switch (field) {
                    case 1 -> node(in, in.enter());
                    case 5 -> tensor(in, in.enter());
                    default -> in.skip();
                }
            }
        }

        private void function(ProtobufReader in, long end) throws IOException {
            for (int field = in.next(end); field != 0; field = in.next(end)) {
                if (field == 7) {
                    node(in, in.enter());
                } else {
                    in.skip();
                }
            }
        }

        private void node(ProtobufReader in, long end) throws IOException {
            for (int field = in.next(end); field != 0; field = in.next(end)) {
                switch (field) {
                    case 4 -> operators.merge(in.text(), 1, Integer::sum);
                    case 5 -> attribute(in, in.enter());
                    default -> in.skip();
                }
            }
        }

        private void attribute(ProtobufReader in, long end) throws IOException {
            for (int field = in.next(end); field != 0; field = in.next(end)) {
                switch (field) {
                    case 5 -> tensor(in, in.enter());
                    case 6, 11 -> graph(in, in.enter());
                    default -> in.skip();
                }
            }
        }

        private void tensor(ProtobufReader in, long end) throws IOException {
            for (int field = in.next(end); field != 0; field = in.next(end)) {
                if (field == 13) {
                    externalEntry(in, in.enter());
                } else {
                    in.skip();
                }
            }
        }

        private void externalEntry(ProtobufReader in, long end) throws IOException {
            String key = "";
            String value = "";
            for (int field = in.next(end); field != 0; field = in.next(end)) {
                switch (field) {
                    case 1 -> key = in.text();
                    case 2 -> value = in.text();
                    default -> in.skip();
                }
            }
            if (key.equals("location")) {
                externalData.add(value);
            }
        }
    }
}
