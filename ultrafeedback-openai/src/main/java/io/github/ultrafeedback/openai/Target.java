package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where requests go and what they carry: address, key, headers. Its text shows none of it. Thread-safe. */
final class Target {
    private static final String OPENAI = "https://api.openai.com/v1";
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    private final String base;
    private final String query;
    private final Map<String, String> headers;
    private final @Nullable Supplier<String> key;
    private final boolean azure;
    private final boolean openAi;

    private Target(OpenAiSettings settings, Map<String, String> environment) {
        AzureDeployment deployment = settings.azure();
        this.azure = deployment != null;
        String url = or(settings.baseUrl(), environment.get("OPENAI_BASE_URL"));
        this.base = base(url, deployment);
        String host = URI.create(base).getHost();
        this.openAi = azure || (host != null && (host.equals("api.openai.com") || host.endsWith(".api.openai.com")));
        this.query = query(settings.queryParameters(), deployment);
        this.headers = headers(settings, environment);
        Supplier<String> supplier = settings.apiKey();
        String fromEnvironment = or(null, environment.get("OPENAI_API_KEY"));
        this.key = supplier != null || fromEnvironment == null ? supplier : () -> fromEnvironment;
    }

    /** Settles settings and environment; refuses what could not be sent. */
    static Target resolve(OpenAiSettings settings, Map<String, String> environment) {
        Target target = new Target(settings, environment);
        if (target.key == null && target.openAi && !target.carriesKey()) {
            throw new AuthenticationException("apiKey is missing: set it in OpenAiSettings, or the environment variable"
                    + " OPENAI_API_KEY. A server that needs no key is named by baseUrl or OPENAI_BASE_URL.");
        }
        if (target.key != null) {
            String unused = target.currentKey(true);
        }
        target.headers.forEach(Target::checkHeader);
        return target;
    }

    /** Whether the user's own headers do, such as a token of Microsoft Entra. */
    private boolean carriesKey() {
        return headers.keySet().stream()
                .anyMatch(name -> name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("api-key"));
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        if (first != null && !first.isBlank()) {
            return first.strip();
        }
        return second != null && !second.isBlank() ? second.strip() : null;
    }

    private static String base(@Nullable String url, @Nullable AzureDeployment deployment) {
        if (deployment != null && url == null) {
            throw new InvalidRequestException("baseUrl is missing: Azure needs the address of the resource, such as"
                    + " https://my-resource.openai.azure.com");
        }
        String base = url == null ? OPENAI : url;
        if (!sound(base)) {
            throw new InvalidRequestException("baseUrl must be an http or https address without query, user or"
                    + " password, such as http://localhost:8000/v1; headers, queryParameters and apiKey carry the rest."
                    + " The JDK's HTTP client takes no host with '_' in its name");
        }
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        if (deployment == null) {
            return base;
        }
        String root = base.endsWith("/openai") ? base : base + "/openai";
        return root + "/deployments/" + encoded(deployment.name());
    }

    private static boolean sound(String url) {
        try {
            URI uri = URI.create(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) { // its message would show the address
            return false;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String query(Map<String, String> parameters, @Nullable AzureDeployment deployment) {
        Map<String, String> all = new TreeMap<>(parameters);
        if (deployment != null) {
            all.putIfAbsent("api-version", deployment.apiVersion());
        }
        return all.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&", all.isEmpty() ? "" : "?", ""));
    }

    private static Map<String, String> headers(OpenAiSettings settings, Map<String, String> environment) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", "ultrafeedback-java");
        put(headers, "OpenAI-Organization", or(settings.organization(), environment.get("OPENAI_ORG_ID")));
        put(headers, "OpenAI-Project", or(settings.project(), environment.get("OPENAI_PROJECT_ID")));
        headers.putAll(settings.headers());
        return new LinkedHashMap<>(headers);
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static void checkHeader(String name, String value) {
        try {
            HttpRequest.Builder unused =
                    HttpRequest.newBuilder(URI.create(OPENAI)).header(name, value);
        } catch (IllegalArgumentException e) { // its message would show the value
            throw new InvalidRequestException("headers must hold names and values that HTTP allows; '"
                    + ErrorFacts.id(name) + "' is reserved by the HTTP client or malformed");
        }
    }

    /** The key of this moment, or null where none is needed. */
    @Nullable String currentKey() {
        return currentKey(false);
    }

    private @Nullable String currentKey(boolean opening) {
        if (key == null) {
            return null;
        }
        String given = ask(key, opening);
        if (given == null || !VISIBLE.matcher(given.strip()).matches()) {
            String text = "apiKey must be visible ASCII characters, got " + (given == null ? "null" : "something else")
                    + "; see what the settings or OPENAI_API_KEY hold";
            if (opening) {
                throw new AuthenticationException(text + ".");
            }
            throw ApiFailure.local(ApiFailure.Kind.AUTHENTICATION, text, Certainty.NOT_SENT, null);
        }
        return given.strip();
    }

    private static @Nullable String ask(Supplier<String> supplier, boolean opening) {
        try {
            return supplier.get();
        } catch (RuntimeException e) { // its message may hold anything
            String text = "The supplier of apiKey threw " + e.getClass().getName();
            if (opening) {
                throw new AuthenticationException(text + "; it must give a key.");
            }
            throw ApiFailure.local(ApiFailure.Kind.TRANSPORT, text, Certainty.NOT_SENT, null);
        }
    }

    /** Whether OpenAI itself is asked, or Azure: unset parameters are neutral there, and the dialect is known. */
    boolean openAi() {
        return openAi;
    }

    private String withQuery(String path) {
        return path.contains("?") && !query.isEmpty() ? path + "&" + query.substring(1) : path + query;
    }

    HttpRequest request(ApiRequest request, @Nullable String currentKey) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + "/" + withQuery(request.path())))
                .method(request.method(), request.body())
                .setHeader("Accept", request.accept());
        if (!request.contentType().isEmpty()) {
            builder.setHeader("Content-Type", request.contentType());
        }
        if (currentKey != null) {
            builder.setHeader(azure ? "api-key" : "Authorization", azure ? currentKey : "Bearer " + currentKey);
        }
        headers.forEach(builder::setHeader); // last: the user's own win
        return builder.build();
    }
}
