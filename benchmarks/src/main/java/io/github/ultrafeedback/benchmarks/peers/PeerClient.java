package io.github.ultrafeedback.benchmarks.peers;

import java.util.List;

/**
 * A client and how it is set.
 *
 * @param name what the table calls it
 * @param type its class
 * @param home its folder below {@code benchmarks/peers/openai}; empty for ours
 * @param threads where blocking calls run: {@code threads} or {@code virtual}
 * @param least the fewest requests in flight at which it is worth a row
 * @param most the most
 */
record PeerClient(String name, String type, String home, String threads, int least, int most) {
    private static final int MANY = Integer.MAX_VALUE;
    private static final String PEERS = "io.github.ultrafeedback.peers.";

    static List<PeerClient> all() {
        return List.of(
                new PeerClient("ultrafeedback-openai", OurClient.class.getName(), "", "threads", 1, MANY),
                new PeerClient(
                        "openai-java, async, defaults", PEERS + "OpenAiJavaAsync", "openai-java", "threads", 1, MANY),
                new PeerClient(
                        "openai-java, async, wide OkHttpClient",
                        PEERS + "OpenAiJavaWide",
                        "openai-java",
                        "threads",
                        64,
                        MANY),
                new PeerClient(
                        "openai-java, blocking, virtual threads, wide pool",
                        PEERS + "OpenAiJavaBlocking",
                        "openai-java",
                        "virtual",
                        1000,
                        MANY),
                new PeerClient(
                        "LangChain4j, thread pool", PEERS + "LangChain4jChat", "langchain4j", "threads", 1, MANY),
                new PeerClient(
                        "LangChain4j, virtual threads",
                        PEERS + "LangChain4jChat",
                        "langchain4j",
                        "virtual",
                        1000,
                        MANY),
                new PeerClient(
                        "Spring AI, thread pool, defaults", PEERS + "SpringAiChat", "spring-ai", "threads", 1, 64),
                new PeerClient(
                        "Spring AI, thread pool, wide pool", PEERS + "SpringAiWide", "spring-ai", "threads", 64, MANY),
                new PeerClient(
                        "Spring AI, virtual threads, wide pool",
                        PEERS + "SpringAiWide",
                        "spring-ai",
                        "virtual",
                        1000,
                        MANY));
    }

    /** Whether it makes sense there: enough in flight, and a JDK with virtual threads where it wants them. */
    boolean fits(int inFlight) {
        return inFlight >= least
                && (threads.equals("threads") || Runtime.version().feature() >= 21);
    }

    /** The class path: the harness alone beside a peer's own libraries, so that no library is shared. */
    String classPath(String own, String peers) {
        String folder = peers + "/" + home + "/target/";
        return home.isEmpty()
                ? own
                : own.substring(0, own.indexOf(':')) + ":" + folder + "classes:" + folder + "libraries/*";
    }
}
