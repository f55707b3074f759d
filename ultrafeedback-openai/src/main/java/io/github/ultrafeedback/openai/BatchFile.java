package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;

/**
 * The lines of one batch, on disk so that 200 MB need no heap, under a hash that is the same for the same lines.
 * Closing it deletes it. The file is readable by its owner alone where the file system knows owners.
 */
final class BatchFile implements AutoCloseable {
    private final Path path;
    private final DigestOutputStream out;
    private int lines;
    private long bytes;
    private String hash = "";

    private BatchFile(Path path, OutputStream file) {
        this.path = path;
        this.out = new DigestOutputStream(new BufferedOutputStream(file, 1 << 16), CustomIds.sha256());
    }

    static BatchFile create() {
        try {
            Path path = Files.createTempFile("ultrafeedback-", ".jsonl");
            return new BatchFile(path, Files.newOutputStream(path));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** One line always has: its length was seen to before. */
    boolean hasRoom(byte[] line, BatchLimits limits) {
        return lines == 0 || (lines < limits.lines() && bytes + line.length + 1 <= limits.bytes());
    }

    void add(byte[] line) {
        try {
            out.write(line);
            out.write('\n');
            lines++;
            bytes += line.length + 1;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void finish() {
        try {
            out.close();
            hash = HexFormat.of().formatHex(out.getMessageDigest().digest());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    Path path() {
        return path;
    }

    int lines() {
        return lines;
    }

    /** Of all lines; known once the file is finished. */
    String hash() {
        return hash;
    }

    /** As a form with one file. The boundary holds the hash of what it bounds, and no line of JSON begins with it. */
    ApiRequest upload() {
        String boundary = "ultrafeedback-" + hash.substring(0, 48);
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--"
                + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ultrafeedback.jsonl\"\r\n"
                + "Content-Type: application/jsonl\r\n\r\n";
        try {
            HttpRequest.BodyPublisher body = BodyPublishers.concat(
                    BodyPublishers.ofString(head, StandardCharsets.US_ASCII),
                    BodyPublishers.ofFile(path),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n", StandardCharsets.US_ASCII));
            return ApiRequest.post("files", "multipart/form-data; boundary=" + boundary, body);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static GenerationException failed(IOException cause) {
        return new GenerationException(
                "The temporary file of the batch failed with "
                        + cause.getClass().getName()
                        + "; see whether java.io.tmpdir has room for 200 MB and may be written",
                cause,
                false,
                Certainty.NOT_SENT);
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file of the batch could not be deleted", e);
        }
    }
}
