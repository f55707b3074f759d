package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides which of a folder's graphs is opened. */
final class GraphChoice {
    private static final String MODEL = "model.onnx";

    private final Path folder;

    GraphChoice(Path folder) {
        this.folder = folder;
    }

    /** The graph that the caller named, relative to the folder or to its subfolder {@code onnx}. */
    Path named(String graphFile) {
        for (Path parent : List.of(folder, folder.resolve("onnx"))) {
            Path graph = parent.resolve(graphFile).normalize();
            if (graph.startsWith(folder.normalize()) && Files.isRegularFile(graph)) {
                return graph;
            }
        }
        throw new ModelLoadException("graphFile '" + graphFile + "' is not a file in '" + folder + "'. There are "
                + graphsIn(folder) + " in it and " + graphsIn(folder.resolve("onnx")) + " in its subfolder onnx.");
    }

    /** The graph that {@code genai_config.json} names. */
    Path genai(String fileName) {
        Path graph = folder.resolve(fileName);
        if (!Files.isRegularFile(graph)) {
            throw new ModelLoadException("genai_config.json of '" + folder + "' names the graph '" + fileName
                    + "', which is not there. There are " + graphsIn(folder) + ".");
        }
        return graph;
    }

    /** The graph of a folder with {@code config.json}, or null where it has none. */
    @Nullable Path huggingFace() {
        for (Path parent : List.of(folder.resolve("onnx"), folder)) {
            List<String> graphs = graphsIn(parent);
            if (!graphs.isEmpty()) {
                return only(parent, graphs);
            }
        }
        return null;
    }

    private static Path only(Path parent, List<String> graphs) {
        if (graphs.stream().anyMatch(name -> name.startsWith("encoder_model"))) {
            throw new ModelLoadException("'" + parent + "' holds an encoder-decoder model (" + graphs
                    + "); only decoder-only language models are supported.");
        }
        if (graphs.contains(MODEL)) {
            return parent.resolve(MODEL);
        }
        if (graphs.size() == 1) {
            return parent.resolve(graphs.get(0));
        }
        throw new ModelLoadException("'" + parent + "' has several graphs and none is called " + MODEL + ": " + graphs
                + ". Name the one to open with the setting graphFile.");
    }

    private static List<String> graphsIn(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".onnx"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelLoadException("'" + parent + "' cannot be listed: " + e, e);
        }
    }
}
