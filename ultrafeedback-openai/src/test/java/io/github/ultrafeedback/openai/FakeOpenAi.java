package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.SamplingParamsBuilder;
import io.github.ultrafeedback.TokenListener;
import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.testkit.FakeGenerator;
import io.github.ultrafeedback.testkit.ServerReply;
import io.github.ultrafeedback.testkit.ServerRequest;
import io.github.ultrafeedback.testkit.ServerWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers as OpenAI does, strictly: unknown fields and parameters out of range are 400s. Its words are a fake's. */
final class FakeOpenAi implements Function<ServerRequest, ServerReply>, AutoCloseable {
    private static final Set<String> CHAT_FIELDS = Set.of(
            "model",
            "messages",
            "max_completion_tokens",
            "max_tokens",
            "temperature",
            "top_p",
            "n",
            "stop",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "stream",
            "stream_options");

    private final FakeGenerator words = FakeGenerator.create();

    @Override
    public ServerReply apply(ServerRequest request) {
        JsonNode body = Json.object(request.body());
        if (body == null || !request.path().endsWith("/chat/completions")) {
            return error(404, "invalid_request_error", null, null);
        }
        for (String field : (Iterable<String>) body::fieldNames) {
            if (!CHAT_FIELDS.contains(field)) {
                return error(400, "invalid_request_error", "unknown_parameter", field);
            }
        }
        if (body.path("stop").size() > 4) {
            return error(400, "invalid_request_error", "array_above_max_length", "stop");
        }
        return body.path("stream").asBoolean() ? wire -> stream(wire, body) : whole(body);
    }

    static ServerReply error(int status, String type, @Nullable String code, @Nullable String param) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        ObjectNode error = root.putObject("error");
        error.put("message", "Something in your prompt is wrong.").put("type", type);
        error.put("param", param).put("code", code);
        return ServerReply.json(status, root.toString(), "x-request-id: req_" + status);
    }

    private ServerReply whole(JsonNode body) {
        Completion completion = words.submit(request(body, null)).join();
        ObjectNode root = head("chat.completion");
        for (Choice choice : completion.choices()) {
            ObjectNode node = root.withArray("choices").addObject();
            node.put("index", choice.index());
            node.putObject("message").put("role", "assistant").put("content", choice.text());
            node.put("finish_reason", reason(choice.finishReason()));
            if (!choice.logprobs().isEmpty()) {
                choice.logprobs()
                        .forEach(token -> node.withObject("/logprobs")
                                .withArray("content")
                                .addObject()
                                .put("token", token.token())
                                .put("logprob", token.logprob()));
            }
        }
        usage(root.putObject("usage"), completion);
        return ServerReply.json(200, root.toString(), "x-request-id: req_ok");
    }

    private void stream(ServerWire wire, JsonNode body) throws IOException {
        wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        CompletableFuture<Completion> answer = words.submit(request(body, (index, delta) -> {
            try {
                wire.chunk(event(chunk(index, delta, null)));
            } catch (IOException e) {
                throw new UncheckedIOException(e); // the client has gone
            }
        }));
        Completion completion;
        try {
            completion = answer.join();
        } catch (CompletionException e) {
            throw new IOException("the client has gone", e);
        }
        for (Choice choice : completion.choices()) {
            wire.chunk(event(chunk(choice.index(), null, reason(choice.finishReason()))));
        }
        ObjectNode last = head("chat.completion.chunk");
        last.putArray("choices");
        usage(last.putObject("usage"), completion);
        wire.chunk(event(last));
        wire.chunk("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        wire.lastChunk();
    }

    private static byte[] event(JsonNode node) {
        return ("data: " + node + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode head(String object) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", object)
                .put("model", "gpt-4-0613");
    }

    private static ObjectNode chunk(int index, @Nullable String delta, @Nullable String finishReason) {
        ObjectNode root = head("chat.completion.chunk");
        ObjectNode node = root.withArray("choices").addObject().put("index", index);
        ObjectNode content = node.putObject("delta");
        if (delta != null) {
            content.put("content", delta);
        }
        node.put("finish_reason", finishReason);
        root.putNull("usage");
        return root;
    }

    private static void usage(ObjectNode usage, Completion completion) {
        usage.put("prompt_tokens", completion.usage().promptTokens());
        usage.put("completion_tokens", completion.usage().completionTokens());
    }

    private static String reason(FinishReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /** Its answers never end by themselves before the limit, so that a test can say how long they are. */
    private static GenerationRequest request(JsonNode body, @Nullable TokenListener listener) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            String text = message.path("content").asText();
            messages.add(
                    switch (message.path("role").asText()) {
                        case "system" -> Message.system(text);
                        case "assistant" -> Message.assistant(text);
                        default -> Message.user(text);
                    });
        }
        SamplingParamsBuilder params = SamplingParams.builder()
                .ignoreEos(true)
                .temperature(body.path("temperature").asDouble(1))
                .topP(body.path("top_p").asDouble(1))
                .n(body.path("n").asInt(1))
                .maxTokens(body.path("max_completion_tokens")
                        .asInt(body.path("max_tokens").asInt(16)));
        if (body.has("seed")) {
            params.seed(body.path("seed").asLong());
        }
        List<String> stops = new ArrayList<>();
        body.path("stop").forEach(stop -> stops.add(stop.asText()));
        params.stop(stops);
        if (body.path("logprobs").asBoolean()) {
            params.logprobs(body.path("top_logprobs").asInt());
        }
        return new GenerationRequest(Prompt.chat(messages), params.build(), listener);
    }

    @Override
    public void close() {
        words.close();
    }
}
