package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the body of a request for an answer, in the dialect of the server. Stateless but for what a model refused. */
final class RequestWriter {
    private static final int OPENAI_MOST_STOPS = 4;
    private static final List<String> OUR_ORDER = List.of("penalties", "temperature", "min_p", "top_k", "top_p");

    private final String model;
    private final OpenAiSettings settings;
    private final @Nullable PromptFormat format;
    private final boolean openAi;
    private final Adjustments adjustments;
    private final ExtraBody extraBody;

    /** Takes the format that renders chats for the legacy endpoint, and whether OpenAI itself or Azure is asked. */
    RequestWriter(
            String model,
            OpenAiSettings settings,
            @Nullable PromptFormat format,
            boolean openAi,
            Adjustments adjustments) {
        this.model = model;
        this.settings = settings;
        this.format = format;
        this.openAi = openAi;
        this.adjustments = adjustments;
        this.extraBody = new ExtraBody(settings.extraBody());
    }

    String path() {
        return settings.endpoint().path();
    }

    /** Refuses a prompt that this endpoint cannot take. */
    void check(Prompt prompt) {
        if (settings.endpoint() == Endpoint.COMPLETIONS) {
            String unused = text(prompt);
        } else if (prompt.isRaw()) {
            throw new InvalidRequestException("prompt must be a chat for Endpoint.CHAT, got raw text; set"
                    + " Endpoint.COMPLETIONS in OpenAiSettings, or make the prompt with Prompt.of.");
        }
    }

    private String text(Prompt prompt) {
        String raw = prompt.rawText();
        if (raw != null) {
            return raw;
        }
        if (format == null) {
            throw new InvalidRequestException("promptFormat is missing: Endpoint.COMPLETIONS takes text, and no format"
                    + " is known for this model. Set GeneratorOptions.promptFormat, or use Prompt.raw.");
        }
        return format.render(prompt.messages()).text();
    }

    StopPlan stops(ChatCall call) {
        int most = call.dialect() == Dialect.OPENAI ? OPENAI_MOST_STOPS : Integer.MAX_VALUE;
        return StopPlan.of(call.params().stop(), adjustments.dropped("stop") ? 0 : most);
    }

    ObjectNode body(ChatCall call, StopPlan stops) {
        SamplingParams params = call.params();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", model);
        prompt(body, call.prompt());
        body.put(lengthField().wireName(), params.maxTokens());
        sampling(body, params);
        if (!stops.sent().isEmpty()) {
            stops.sent().forEach(body.putArray("stop")::add);
        }
        logprobs(body, params);
        switch (call.dialect()) {
            case OPENAI -> {}
            case VLLM -> vllm(body, params);
            case LLAMA_CPP -> llamaCpp(body, params);
        }
        if (call.events().streams()) {
            body.put("stream", true);
            body.putObject("stream_options").put("include_usage", true);
        }
        adjustments.apply(body, params);
        extraBody.addTo(body);
        return body;
    }

    /** The fields of a body that are ours: the user's own are the user's to mend. */
    Set<String> ours(ObjectNode body) {
        Set<String> fields = new HashSet<>();
        body.fieldNames().forEachRemaining(fields::add);
        fields.removeIf(extraBody::has);
        return fields;
    }

    private void prompt(ObjectNode body, Prompt prompt) {
        if (settings.endpoint() == Endpoint.COMPLETIONS) {
            body.put("prompt", text(prompt));
            return;
        }
        ArrayNode messages = body.putArray("messages");
        for (Message message : prompt.messages()) {
            messages.addObject().put("role", message.role().wireName()).put("content", message.content());
        }
    }

    private LengthField lengthField() {
        LengthField learnt = adjustments.length();
        if (learnt != null) {
            return learnt;
        }
        LengthField chosen = settings.lengthField();
        if (chosen != null) {
            return chosen;
        }
        boolean modern = openAi && settings.endpoint() == Endpoint.CHAT;
        return modern ? LengthField.MAX_COMPLETION_TOKENS : LengthField.MAX_TOKENS;
    }

    /** Neutral values are left out for OpenAI, whose defaults they are, and said to others, whose defaults vary. */
    private void sampling(ObjectNode body, SamplingParams params) {
        if (!openAi || params.temperature() != 1) {
            body.put("temperature", params.temperature());
        }
        if (!openAi || params.topP() != 1) {
            body.put("top_p", params.topP());
        }
        if (params.n() > 1) {
            body.put("n", params.n());
        }
        if (params.presencePenalty() != 0) {
            body.put("presence_penalty", params.presencePenalty());
        }
        if (params.frequencyPenalty() != 0) {
            body.put("frequency_penalty", params.frequencyPenalty());
        }
        if (params.seed().isPresent()) {
            body.put("seed", WireSeed.of(params.seed().getAsLong()));
        }
        if (!params.logitBias().isEmpty()) {
            ObjectNode bias = body.putObject("logit_bias");
            params.logitBias().forEach((token, value) -> bias.put(token.toString(), value));
        }
    }

    private void logprobs(ObjectNode body, SamplingParams params) {
        if (params.logprobs().isEmpty()) {
            return;
        }
        int top = params.logprobs().getAsInt();
        if (settings.endpoint() == Endpoint.COMPLETIONS) {
            body.put("logprobs", top);
        } else {
            body.put("logprobs", true);
            body.put("top_logprobs", top);
        }
    }

    private static void vllm(ObjectNode body, SamplingParams params) {
        body.put("top_k", params.topK() == 0 ? -1 : params.topK()); // old versions refuse 0
        body.put("min_p", params.minP());
        body.put("repetition_penalty", params.repetitionPenalty());
        if (params.minTokens() > 0) {
            body.put("min_tokens", params.minTokens());
        }
        if (!params.stopTokenIds().isEmpty()) {
            params.stopTokenIds().forEach(body.putArray("stop_token_ids")::add);
        }
        if (params.ignoreEos()) {
            body.put("ignore_eos", true);
        }
        if (params.includeStop()) {
            body.put("include_stop_str_in_output", true);
        }
        if (!params.skipSpecialTokens()) {
            body.put("skip_special_tokens", false);
        }
    }

    private static void llamaCpp(ObjectNode body, SamplingParams params) {
        body.put("top_k", params.topK());
        body.put("min_p", params.minP());
        body.put("repeat_penalty", params.repetitionPenalty());
        if (params.repetitionPenalty() != 1) {
            body.put("repeat_last_n", -1); // all of prompt and answer, as SamplingParams says
        }
        boolean cuts = params.topK() > 0 || params.minP() > 0 || params.topP() < 1;
        if (cuts && params.temperature() != 1) { // its own order applies temperature last
            OUR_ORDER.forEach(body.putArray("samplers")::add);
        }
        if (params.ignoreEos()) {
            body.put("ignore_eos", true);
        }
    }
}
