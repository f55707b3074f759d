package io.github.ultrafeedback.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Measures every client at every number in flight, each in a JVM of its own with {@code -Xmx512m}, all against one
 * server in another JVM that answers after a fixed time; prints one table of the medians. Rounds go through all
 * clients, so that a noisy minute hits all of them; a client that fails is not tried again. The warm-up is twice as
 * long from 1,000 in flight on.
 *
 * <p>Usage: {@code PeerComparison <folder of the peers> [rounds] [in flight, with commas] [warm-up, s] [measured, s]
 * [milliseconds of an answer] [only clients whose name has this]}; 3 rounds at 1, 64, 1000 and 10000, 4 s, 5 s and 20
 * ms by default.
 */
public final class PeerComparison {
    private static final String HEAP = "-Xmx512m";

    private final String peers;
    private final String warmUp;
    private final String seconds;
    private final String delayMillis;
    private final String classPath = System.getProperty("java.class.path");
    private final String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private final Process server;
    private final String address;

    private PeerComparison(String peers, String warmUp, String seconds, String delayMillis) throws IOException {
        this.peers = peers;
        this.warmUp = warmUp;
        this.seconds = seconds;
        this.delayMillis = delayMillis;
        server = new ProcessBuilder(java, HEAP, "-cp", classPath, AnswerServer.class.getName(), delayMillis)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = server.inputReader(StandardCharsets.UTF_8);
        address = "http://127.0.0.1:" + said.readLine();
    }

    /**
     * Runs all.
     *
     * @param args see above
     * @throws Exception if a process cannot be started
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int[] flights = Pattern.compile(",")
                .splitAsStream(args.length > 2 ? args[2] : "1,64,1000,10000")
                .mapToInt(Integer::parseInt)
                .toArray();
        String only = args.length > 6 ? args[6] : "";
        PeerComparison comparison = new PeerComparison(
                args[0],
                args.length > 3 ? args[3] : "4",
                args.length > 4 ? args[4] : "5",
                args.length > 5 ? args[5] : "20");
        try {
            comparison.run(PeerClient.all().get(0), 64); // the server's own warm-up
            comparison.print(flights, comparison.rounds(rounds, flights, only));
        } finally {
            comparison.server.destroy();
        }
    }

    private Map<String, List<PeerResult>> rounds(int rounds, int[] flights, String only) throws Exception {
        Map<String, List<PeerResult>> results = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (int inFlight : flights) {
                for (PeerClient client : PeerClient.all()) {
                    List<PeerResult> before = results.getOrDefault(key(inFlight, client), List.of());
                    if (client.fits(inFlight)
                            && client.name().contains(only)
                            && before.stream().noneMatch(PeerResult::failed)) {
                        PeerResult result = run(client, inFlight);
                        System.err.println(round + " " + key(inFlight, client) + " " + result.values());
                        results.computeIfAbsent(key(inFlight, client), k -> new ArrayList<>())
                                .add(result);
                    }
                }
            }
        }
        return results;
    }

    private static String key(int inFlight, PeerClient client) {
        return inFlight + " " + client.name();
    }

    private PeerResult run(PeerClient client, int inFlight) throws Exception {
        String warm = inFlight < 1000 ? warmUp : Long.toString(2 * Long.parseLong(warmUp));
        stats();
        Path out = Files.createTempFile("client", ".out");
        Process process = new ProcessBuilder(
                        java,
                        HEAP,
                        "-cp",
                        client.classPath(classPath, peers),
                        ClientRun.class.getName(),
                        client.type(),
                        address + "/v1",
                        Integer.toString(inFlight),
                        client.threads(),
                        warm,
                        seconds)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            boolean ended = process.waitFor(Long.parseLong(warm) + Long.parseLong(seconds) + 30, TimeUnit.SECONDS);
            List<String> lines = Files.readAllLines(out, StandardCharsets.ISO_8859_1);
            return lines.stream()
                    .filter(line -> line.startsWith("RESULT"))
                    .findFirst()
                    .map(line -> PeerResult.of(stats() + " " + line))
                    .orElseGet(() -> PeerResult.broken(ended ? why(process.exitValue(), lines) : "no end in time"));
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(out);
        }
    }

    private static String why(int exit, List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("Error") || line.contains("Exception"))
                .findFirst()
                .orElse("exit " + exit);
    }

    private String stats() {
        try {
            URL url = URI.create(address + "/stats").toURL();
            try (InputStream in = url.openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the server does not answer: " + e, e);
        }
    }

    private void print(int[] flights, Map<String, List<PeerResult>> results) {
        System.out.println("JDK " + Runtime.version() + ", " + HEAP + ", answers after " + delayMillis + " ms");
        System.out.println(
                "| in flight | client | requests/s (lowest to highest) | to ours | p50, ms | p99, ms "
                        + "| CPU, us a request | peak heap, MiB | live heap, MiB | RSS, MiB | threads | connections | errors |");
        System.out.println("|---".repeat(13) + "|");
        for (int inFlight : flights) {
            double ours = PeerResult.median(
                    results.getOrDefault(key(inFlight, PeerClient.all().get(0)), List.of()), "rate");
            for (PeerClient client : PeerClient.all()) {
                List<PeerResult> rounds = results.get(key(inFlight, client));
                if (rounds != null) {
                    System.out.println(PeerResult.row(inFlight, client.name(), rounds, ours));
                }
            }
        }
    }
}
