package io.github.ultrafeedback.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Answers each chat completion after a fixed time with a body of fixed length that names the request's id. One thread
 * serves all connections over HTTP/1.1, so that it takes little from a client under measurement.
 *
 * <p>Usage: {@code AnswerServer <delay in milliseconds>}; prints its port, and ends with its standard input.
 */
public final class AnswerServer {
    private static final int BACKLOG = 16_384;

    private final long delay;
    private final Selector selector;
    private final ServerSocketChannel socket;
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private final ByteBuffer out = ByteBuffer.allocateDirect(4096);
    private long requests;
    private int open;
    private int mostOpen;
    private int mostWaiting;

    private AnswerServer(long delay) throws IOException {
        this.delay = delay;
        selector = Selector.open();
        socket = ServerSocketChannel.open();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Serves until standard input ends.
     *
     * @param args the delay in milliseconds
     * @throws IOException if no port can be had
     */
    public static void main(String[] args) throws IOException {
        AnswerServer server = new AnswerServer(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[0])));
        System.out.println(server.socket.socket().getLocalPort());
        Thread thread = new Thread(server::serve, "answer-server");
        thread.setDaemon(true);
        thread.start();
        while (System.in.read() >= 0) {
            // nothing is said there but the end
        }
    }

    private void serve() {
        try {
            while (true) {
                turn();
            }
        } catch (IOException e) {
            System.err.println("server ended: " + e);
            System.exit(1);
        }
    }

    private void turn() throws IOException {
        Due next = due.peek();
        if (next == null) {
            selector.select(this::ready);
        } else {
            long wait = next.at() - System.nanoTime();
            if (wait <= 0) {
                selector.selectNow(this::ready);
            } else {
                selector.select(this::ready, wait / 1_000_000 + 1);
            }
        }
        long now = System.nanoTime();
        while ((next = due.peek()) != null && next.at() - now <= 0) {
            due.remove();
            write(next.connection(), ServedConnection.answer(next.id()));
        }
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
        } else {
            read((ServedConnection) key.attachment());
        }
    }

    private void accept() {
        try {
            SocketChannel channel;
            while ((channel = socket.accept()) != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(selector, SelectionKey.OP_READ, new ServedConnection(channel));
                mostOpen = Math.max(mostOpen, ++open);
            }
        } catch (IOException e) {
            System.err.println("no connection accepted: " + e);
        }
    }

    private void read(ServedConnection connection) {
        try {
            String request = connection.read();
            if (request == null) {
                return;
            }
            if (request.startsWith("POST ")) {
                requests++;
                due.add(new Due(System.nanoTime() + delay, connection, ServedConnection.idIn(request)));
                mostWaiting = Math.max(mostWaiting, due.size());
            } else {
                write(connection, ServedConnection.response(request.startsWith("GET /stats") ? 200 : 404, stats()));
                if (request.startsWith("GET /stats")) {
                    requests = 0;
                    mostOpen = open;
                    mostWaiting = due.size();
                }
            }
        } catch (IOException e) {
            close(connection);
        }
    }

    private String stats() {
        return "requests=" + requests + " mostOpen=" + mostOpen + " mostWaiting=" + mostWaiting;
    }

    private void write(ServedConnection connection, byte[] response) {
        if (connection.closed()) {
            return;
        }
        out.clear().put(response).flip();
        try {
            while (out.hasRemaining()) { // an answer is small: the socket takes it whole
                connection.channel().write(out);
            }
        } catch (IOException e) {
            close(connection);
        }
    }

    private void close(ServedConnection connection) {
        if (connection.close()) {
            open--;
        }
    }

    private record Due(long at, ServedConnection connection, long id) {}
}
