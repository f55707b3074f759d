package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server of few threads that keeps all requests until as many have come as were told, answers them in random order,
 * each with the words that it was asked with, and goes on with the next ones. HTTP/1.1 in the clear, or HTTP/2 over TLS
 * with a limit on streams.
 */
final class ManyServer implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup threads = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final List<Question> kept = new ArrayList<>(); // guarded by this, as is the next
    private int wanted;
    private final Consumer<Question> then;
    private final Channel door;
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    /** A request, on its connection. */
    record Question(ChannelHandlerContext context, String id) {
        /** Sends its id back. */
        void answer() {
            ObjectNode root = Json.MAPPER.createObjectNode();
            ObjectNode choice = root.putArray("choices").addObject();
            choice.put("index", 0).put("finish_reason", "stop");
            choice.putObject("message").put("content", id);
            byte[] bytes = Json.bytes(root);
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(bytes));
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
            var unused = context.writeAndFlush(response);
        }

        /** The HTTP/2 connection that the request's stream belongs to. */
        Channel connection() {
            return context.channel().parent();
        }

        /** The number of the HTTP/2 stream. */
        int stream() {
            return ((Http2StreamChannel) context.channel()).stream().id();
        }
    }

    /** Takes TLS and the streams of a connection for HTTP/2, null for HTTP/1.1. */
    ManyServer(int wanted, @Nullable TestTls tls, int streams) throws Exception {
        this(wanted, tls, streams, question -> {});
    }

    /** Hears of each question as it comes. */
    ManyServer(int wanted, @Nullable TestTls tls, int streams, Consumer<Question> then) throws Exception {
        this.wanted = wanted;
        this.then = then;
        SslContext ssl = tls == null
                ? null
                : SslContextBuilder.forServer(tls.keys())
                        .applicationProtocolConfig(new ApplicationProtocolConfig(
                                ApplicationProtocolConfig.Protocol.ALPN,
                                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                                ApplicationProtocolNames.HTTP_2))
                        .build();
        door = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .option(io.netty.channel.ChannelOption.SO_BACKLOG, 16_384)
                .childHandler(initializer(channel -> {
                    accepted.incrementAndGet();
                    connections.add(channel);
                    channel.closeFuture().addListener(closed -> connections.remove(channel));
                    if (ssl == null) {
                        http1(channel.pipeline());
                        return;
                    }
                    channel.pipeline().addLast(ssl.newHandler(channel.alloc()), http2(streams));
                }))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private static ChannelHandler initializer(Consumer<Channel> consumer) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                consumer.accept(channel);
            }
        };
    }

    private void http1(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), handler());
    }

    private ChannelHandler http2(int streams) {
        return new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
            @Override
            protected void configurePipeline(ChannelHandlerContext context, String protocol) {
                Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                        .initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(streams))
                        .build();
                ChannelHandler stream = initializer(channel -> channel.pipeline()
                        .addLast(
                                new Http2StreamFrameToHttpObjectCodec(true),
                                new HttpObjectAggregator(1 << 20),
                                handler()));
                context.pipeline().addLast(codec, new Http2MultiplexHandler(stream));
            }
        };
    }

    private ChannelHandler handler() {
        return new SimpleChannelInboundHandler<FullHttpRequest>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
                JsonNode body = Json.object(ByteBufUtil.getBytes(request.content()));
                String id = body == null
                        ? "none"
                        : body.path("messages").path(0).path("content").asText();
                asked.incrementAndGet();
                Question question = new Question(context, id);
                then.accept(question);
                keep(question);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                var unused = context.close();
            }
        };
    }

    private void keep(Question question) {
        List<Question> all;
        synchronized (this) {
            kept.add(question);
            if (kept.size() < wanted) {
                return;
            }
            all = new ArrayList<>(kept);
            kept.clear();
            wanted = 1;
        }
        Collections.shuffle(all, new Random(1));
        all.forEach(Question::answer);
    }

    /** Where it listens. */
    int port() {
        return ((InetSocketAddress) door.localAddress()).getPort();
    }

    /** How many requests have come in all. */
    int asked() {
        return asked.get();
    }

    /** Connections there are now. */
    int connections() {
        return connections.size();
    }

    /** Connections there ever were. */
    int accepted() {
        return accepted.get();
    }

    @Override
    public void close() {
        door.close().syncUninterruptibly();
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Takes how many requests to gather, streams of a connection (0 for HTTP/1.1), and a key store. */
    public static void main(String[] arguments) throws Exception {
        int streams = Integer.parseInt(arguments[1]);
        TestTls tls = streams == 0 ? null : TestTls.of(java.nio.file.Path.of(arguments[2]));
        try (ManyServer server = new ManyServer(Integer.parseInt(arguments[0]), tls, streams)) {
            System.out.println("port=" + server.port() + " serverLimit=" + OpenFiles.limit());
            while (System.in.read() >= 0) { // a line asks for the figures; the end of input ends the server
                System.out.println("asked=" + server.asked() + " accepted=" + server.accepted() + " serverFiles="
                        + OpenFiles.open());
            }
        }
    }
}
