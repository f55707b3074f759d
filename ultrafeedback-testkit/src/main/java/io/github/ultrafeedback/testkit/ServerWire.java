package io.github.ultrafeedback.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server's end of one connection, for a {@link ServerReply} to write to. Used by one thread at a time. */
public final class ServerWire {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final Socket socket;
    private final CountDownLatch stopped;
    private final @Nullable Fault fault;
    private long left;

    /** What happens when the limit is reached. */
    interface Fault {
        void strike(ServerWire wire) throws IOException;
    }

    ServerWire(Socket socket, CountDownLatch stopped) {
        this(socket, stopped, Long.MAX_VALUE, null);
    }

    private ServerWire(Socket socket, CountDownLatch stopped, long left, @Nullable Fault fault) {
        this.socket = socket;
        this.stopped = stopped;
        this.left = left;
        this.fault = fault;
    }

    ServerWire limited(long bytes, Fault newFault) {
        return new ServerWire(socket, stopped, bytes, newFault);
    }

    static byte[] head(int status, List<String> headers, String framing) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        headers.forEach(line -> text.append(line).append("\r\n"));
        return text.append(framing).append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Sends bytes at once.
     *
     * @param bytes what is sent
     * @throws IOException if the client has gone, or a fault of the script struck
     */
    public void send(byte[] bytes) throws IOException {
        int count = (int) Math.min(left, bytes.length);
        OutputStream out = socket.getOutputStream();
        out.write(bytes, 0, count);
        out.flush();
        left -= count;
        if (count < bytes.length && fault != null) {
            fault.strike(new ServerWire(socket, stopped));
            throw new IOException("the script ends the connection here");
        }
    }

    /**
     * Sends a chunk of a body with {@code Transfer-Encoding: chunked}.
     *
     * @param bytes the chunk; an empty one sends nothing
     * @throws IOException if the client has gone, or a fault of the script struck
     */
    public void chunk(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            byte[] framed = new byte[size.length + bytes.length + LINE_END.length];
            System.arraycopy(size, 0, framed, 0, size.length);
            System.arraycopy(bytes, 0, framed, size.length, bytes.length);
            System.arraycopy(LINE_END, 0, framed, size.length + bytes.length, LINE_END.length);
            send(framed);
        }
    }

    /**
     * Ends a body with {@code Transfer-Encoding: chunked}.
     *
     * @throws IOException if the client has gone, or a fault of the script struck
     */
    public void lastChunk() throws IOException {
        send("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Sends nothing for a while.
     *
     * @param duration how long
     * @throws IOException if the server was closed meanwhile
     */
    public void pause(Duration duration) throws IOException {
        try {
            if (stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the server was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Sends nothing until the test says so.
     *
     * @param gate completes when the script may go on
     * @throws IOException if the gate failed or the server was closed meanwhile
     */
    public void await(CompletableFuture<?> gate) throws IOException {
        try {
            Object unused = gate.get();
        } catch (ExecutionException e) {
            throw new IOException("the gate failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Sends nothing until the client closes, or the server is closed.
     *
     * @throws IOException if the connection broke
     */
    public void awaitEnd() throws IOException {
        int end = socket.getInputStream().read(); // no client of ours sends before it has the answer
        if (end < 0) {
            socket.close();
        }
    }

    /**
     * Closes the connection in good order.
     *
     * @throws IOException if it is broken
     */
    public void close() throws IOException {
        socket.close();
    }

    /**
     * Resets the connection.
     *
     * @throws IOException if it is broken
     */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean open() {
        return !socket.isClosed();
    }
}
