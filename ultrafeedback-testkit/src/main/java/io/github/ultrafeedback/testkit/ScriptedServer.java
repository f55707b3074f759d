package io.github.ultrafeedback.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on the loopback interface that answers by script and keeps what it was asked. It writes raw bytes,
 * so that an answer can be cut, stalled or reset at any byte. Connections are kept alive; each has a thread of its own,
 * so it serves hundreds at once, not thousands. Safe for concurrent use.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start(request ->
 *         request.index() == 0 ? ServerReply.json(429, "{}", "Retry-After: 1") : ServerReply.json(200, answer))) {
 *     ask(server.url() + "/v1");
 *     assertThat(server.requests()).hasSize(2);
 * }
 * }</pre>
 */
public final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Function<ServerRequest, ServerReply> script;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<ServerRequest> requests = new ArrayList<>();

    private ScriptedServer(ServerSocket listening, Function<ServerRequest, ServerReply> script) {
        this.listening = listening;
        this.script = script;
    }

    /**
     * Starts a server on a free port.
     *
     * @param script says what each request gets; called by the thread of its connection
     * @return a server that the test closes
     * @throws UncheckedIOException if no port is free
     */
    public static ScriptedServer start(Function<ServerRequest, ServerReply> script) {
        try {
            ServerSocket socket = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
            ScriptedServer server = new ScriptedServer(socket, script);
            server.inThread("scripted-server", server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where it listens.
     *
     * @return for example {@code http://127.0.0.1:40123}
     */
    public String url() {
        return "http://" + listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort();
    }

    /**
     * What was asked so far.
     *
     * @return a copy, in the order in which requests were read to their end
     */
    public List<ServerRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /**
     * Waits until so many requests were read.
     *
     * @param count how many
     * @param timeout how long at most
     * @return false if there were fewer by then
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitRequests(int count, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (requests) {
            while (requests.size() < count) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(requests, Math.max(left, 1_000_000));
            }
            return true;
        }
    }

    /**
     * How many connections were opened so far.
     *
     * @return those that are closed again included
     */
    public int connections() {
        return accepted.get();
    }

    /**
     * How many connections are open.
     *
     * @return those whose end the server has not seen yet
     */
    public int openConnections() {
        return connections.size();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                if (stopped.getCount() == 0) { // close may have gone through the connections already
                    socket.close();
                }
                int number = accepted.getAndIncrement();
                inThread("scripted-server-" + number, () -> serve(socket, number));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            ServerWire wire = new ServerWire(socket, stopped);
            RequestReader reader = new RequestReader(new BufferedInputStream(socket.getInputStream()), wire);
            ServerRequest request = next(reader, connection);
            while (request != null) {
                script.apply(request).write(wire);
                request = wire.open() ? next(reader, connection) : null;
            }
        } catch (IOException e) {
            // The client or the script ended the connection: nothing is left to be done with it.
        } finally {
            connections.remove(socket);
        }
    }

    private @Nullable ServerRequest next(RequestReader reader, int connection) throws IOException {
        ServerRequest read = reader.read(connection);
        if (read == null) {
            return null;
        }
        synchronized (requests) {
            ServerRequest request = new ServerRequest(
                    requests.size(), connection, read.method(), read.target(), read.headers(), read.body());
            requests.add(request);
            requests.notifyAll();
            return request;
        }
    }

    private void inThread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes every connection. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            listening.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
