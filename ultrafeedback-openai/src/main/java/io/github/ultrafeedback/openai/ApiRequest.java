package io.github.ultrafeedback.openai;

import java.net.http.HttpRequest;

/**
 * One request, without host and key. Takes a path such as {@code chat/completions}, the type of the body and of the
 * answer.
 */
record ApiRequest(String method, String path, String contentType, String accept, HttpRequest.BodyPublisher body) {
    static ApiRequest json(String path, boolean streamed, byte[] json) {
        return new ApiRequest(
                "POST",
                path,
                "application/json",
                streamed ? "text/event-stream" : "application/json",
                HttpRequest.BodyPublishers.ofByteArray(json));
    }

    static ApiRequest post(String path, String contentType, HttpRequest.BodyPublisher body) {
        return new ApiRequest("POST", path, contentType, "application/json", body);
    }

    static ApiRequest get(String path) {
        return new ApiRequest("GET", path, "", "application/json", HttpRequest.BodyPublishers.noBody());
    }
}
