package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import org.jspecify.annotations.Nullable;

/** The layers between the generator and the network, built in one place. Thread-safe. */
final class ChatStack implements AutoCloseable {
    private final OpenAiSettings settings;
    private final ChatApi api;
    private final HttpTransport transport;
    private final RequestWriter writer;
    private final Adjustments adjustments;
    private final RunEnd runEnd;
    private final @Nullable Dialect dialect;

    private ChatStack(
            OpenAiSettings settings,
            ChatApi api,
            HttpTransport transport,
            RequestWriter writer,
            Adjustments adjustments,
            RunEnd runEnd,
            @Nullable Dialect dialect) {
        this.settings = settings;
        this.api = api;
        this.transport = transport;
        this.writer = writer;
        this.adjustments = adjustments;
        this.runEnd = runEnd;
        this.dialect = dialect;
    }

    static ChatStack build(ModelRef model, GeneratorOptions options, Ambient ambient) {
        OpenAiSettings settings = options.settings(OpenAiSettings.class).orElse(OpenAiSettings.defaults());
        Target target = Target.resolve(settings, ambient.environment());
        PromptFormat format = format(model, options, settings.endpoint());
        Dialect dialect = settings.dialect() == null && target.openAi() ? Dialect.OPENAI : settings.dialect();
        Time time = ambient.time();
        RunEnd runEnd = new RunEnd();
        Adjustments adjustments = new Adjustments();
        RequestWriter writer = new RequestWriter(model.name(), settings, format, target.openAi(), adjustments);
        RetryRules rules = new RetryRules(settings, ambient, new RetryBudget(time), runEnd);
        ClientPool clients = new ClientPool(settings);
        HttpTransport transport = new HttpTransport(target, clients, settings.attemptTimeout(), time);

        // Innermost first. A limit on what is out at once belongs here, around the transport alone: each attempt, and
        // each resend, waits its turn, and a wait between attempts holds no place.
        ChatApi api = new HttpChatApi(transport, writer, runEnd);
        api = new AdjustingChatApi(api, adjustments);
        if (dialect == null) {
            api = new DialectChatApi(api, new DialectDetector(transport), settings.endpoint());
        }
        api = new RetryingChatApi(api, rules, time);
        api = new DeadlineChatApi(api, settings.totalTimeout(), time); // outermost: it ends waits, too
        return new ChatStack(settings, api, transport, writer, adjustments, runEnd, dialect);
    }

    private static @Nullable PromptFormat format(ModelRef model, GeneratorOptions options, Endpoint endpoint) {
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

    HttpTransport transport() {
        return transport;
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

    @Override
    public void close() {
        transport.close();
    }
}
