package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layers between the generator and the network, built in one place. Thread-safe. */
final class ChatStack implements AutoCloseable {
    private final OpenAiSettings settings;
    private final ChatApi api;
    private final TrafficChatApi traffic;
    private final List<HttpTransport> transports;
    private final RequestWriter writer;
    private final Adjustments adjustments;
    private final RunEnd runEnd;
    private final @Nullable Dialect dialect;

    private ChatStack(
            OpenAiSettings settings,
            ChatApi api,
            TrafficChatApi traffic,
            List<HttpTransport> transports,
            RequestWriter writer,
            Adjustments adjustments,
            RunEnd runEnd,
            @Nullable Dialect dialect) {
        this.settings = settings;
        this.api = api;
        this.traffic = traffic;
        this.transports = transports;
        this.writer = writer;
        this.adjustments = adjustments;
        this.runEnd = runEnd;
        this.dialect = dialect;
    }

    static ChatStack build(ModelRef model, GeneratorOptions options, Ambient ambient) {
        OpenAiSettings settings = options.settings(OpenAiSettings.class).orElse(OpenAiSettings.defaults());
        List<Target> targets = settings.traffic().places().stream()
                .map(endpoint -> Target.resolve(settings.at(endpoint), ambient.environment()))
                .toList();
        boolean openAi = targets.stream().allMatch(Target::openAi);
        PromptFormat format = format(model, options, settings.endpoint());
        Dialect dialect = settings.dialect() == null && openAi ? Dialect.OPENAI : settings.dialect();
        Time time = ambient.time();
        RunEnd runEnd = new RunEnd();
        Adjustments adjustments = new Adjustments();
        RequestWriter writer = new RequestWriter(model.name(), settings, format, openAi, adjustments);
        RetryRules rules = new RetryRules(settings, ambient, new RetryBudget(time), runEnd);
        ClientPool clients = new ClientPool(settings);
        List<HttpTransport> transports = targets.stream()
                .map(target -> new HttpTransport(target, clients, settings.attemptTimeout(), time))
                .toList();

        // Innermost first. The limits on what is out at once stand around the transports alone: each attempt, and each
        // resend, waits its turn, and a wait between attempts holds no place.
        List<ChatApi> endpoints = new ArrayList<>();
        transports.forEach(transport -> endpoints.add(new HttpChatApi(transport, writer, runEnd)));
        TrafficChatApi traffic = new TrafficChatApi(endpoints, settings, time, runEnd);
        ChatApi api = new AdjustingChatApi(traffic, adjustments);
        if (dialect == null) {
            api = new DialectChatApi(api, new DialectDetector(transports, time), settings.endpoint());
        } else {
            api = speaking(dialect, api);
        }
        api = new RetryingChatApi(api, rules, time);
        api = new DeadlineChatApi(api, settings.totalTimeout(), time); // outermost: it ends waits, too
        return new ChatStack(settings, api, traffic, transports, writer, adjustments, runEnd, dialect);
    }

    private static ChatApi speaking(Dialect dialect, ChatApi next) {
        return call -> {
            call.dialect(dialect);
            return next.send(call);
        };
    }

    private static @Nullable PromptFormat format(ModelRef model, GeneratorOptions options, Endpoint endpoint) {
        if (!options.chatTemplateKwargs().isEmpty()) {
            throw new InvalidRequestException("chatTemplateKwargs must be left out, got "
                    + options.chatTemplateKwargs().keySet() + ": the server renders the chat template. If it takes them"
                    + " (vLLM, llama.cpp), put a map named chat_template_kwargs into OpenAiSettings.extraBody.");
        }
        if (endpoint == Endpoint.CHAT) {
            if (options.promptFormat().isPresent()) {
                throw new InvalidRequestException("promptFormat must be left out for Endpoint.CHAT, where the server"
                        + " formats chats; set Endpoint.COMPLETIONS in OpenAiSettings to format them here.");
            }
            return null;
        }
        return options.promptFormat()
                .or(() -> UltraFeedbackModels.find(model.name()).flatMap(spec -> spec.format(options.promptProfile())))
                .orElse(null);
    }

    OpenAiSettings settings() {
        return settings;
    }

    ChatApi api() {
        return api;
    }

    /** The way to the first endpoint, which keeps files and batches. */
    HttpTransport transport() {
        return transports.get(0);
    }

    RequestWriter writer() {
        return writer;
    }

    Adjustments adjustments() {
        return adjustments;
    }

    /** What the server speaks, or null where it must be asked. */
    @Nullable Dialect dialect() {
        return dialect;
    }

    RunEnd runEnd() {
        return runEnd;
    }

    /** Refuses what can be seen to fail; where the server must be asked first what it is, that happens later. */
    void check(GenerationRequest request) {
        writer.check(request.prompt());
        if (dialect != null) {
            ParamRules.check(request.params(), dialect, settings.endpoint());
        }
    }

    /** Lets nothing more begin. */
    void stop() {
        traffic.close();
    }

    @Override
    public void close() {
        transports.forEach(HttpTransport::close);
    }
}
