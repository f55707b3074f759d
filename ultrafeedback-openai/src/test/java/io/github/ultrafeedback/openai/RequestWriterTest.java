package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.chat.PromptFormats;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies, byte for byte. */
final class RequestWriterTest {
    private final Adjustments adjustments = new Adjustments();
    private final TestCalls.Heard silent = new TestCalls.Heard(false);

    private String body(OpenAiSettings settings, boolean openAi, Dialect dialect, SamplingParams params) {
        return body(settings, openAi, dialect, new ChatCall(Prompt.of("Be brief.", "Hello"), params, silent));
    }

    private String body(OpenAiSettings settings, boolean openAi, Dialect dialect, ChatCall call) {
        call.dialect(dialect);
        RequestWriter writer = new RequestWriter("m", settings, PromptFormats.chatMl(), openAi, adjustments);
        return writer.body(call, writer.stops(call)).toString();
    }

    private static final String START =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                    + "{\"role\":\"user\",\"content\":\"Hello\"}],";

    @Test
    void openAiIsSentNothingNeutral() {
        assertThat(body(OpenAiSettings.defaults(), true, Dialect.OPENAI, SamplingParams.defaults()))
                .isEqualTo(START + "\"max_completion_tokens\":1024}");
    }

    @Test
    void otherServersAreToldEveryNeutralValueTheyCouldHaveOtherwise() {
        assertThat(body(OpenAiSettings.defaults(), false, Dialect.OPENAI, SamplingParams.defaults()))
                .isEqualTo(START + "\"max_tokens\":1024,\"temperature\":1.0,\"top_p\":1.0}");
        assertThat(body(OpenAiSettings.defaults(), false, Dialect.VLLM, SamplingParams.defaults()))
                .isEqualTo(START + "\"max_tokens\":1024,\"temperature\":1.0,\"top_p\":1.0,\"top_k\":-1,\"min_p\":0.0,"
                        + "\"repetition_penalty\":1.0}");
        assertThat(body(OpenAiSettings.defaults(), false, Dialect.LLAMA_CPP, SamplingParams.defaults()))
                .isEqualTo(START + "\"max_tokens\":1024,\"temperature\":1.0,\"top_p\":1.0,\"top_k\":0,\"min_p\":0.0,"
                        + "\"repeat_penalty\":1.0}");
    }

    private static SamplingParams all() {
        return SamplingParams.builder()
                .temperature(0.5)
                .topP(0.9)
                .n(2)
                .seed(7)
                .maxTokens(5)
                .stop(List.of("a", "b"))
                .presencePenalty(0.1)
                .frequencyPenalty(0.2)
                .logitBias(Map.of(50256, -100.0))
                .logprobs(3)
                .build();
    }

    @Test
    void everyParameterHasItsField() {
        String common = "\"temperature\":0.5,\"top_p\":0.9,\"n\":2,\"presence_penalty\":0.1,\"frequency_penalty\":0.2,"
                + "\"seed\":7,\"logit_bias\":{\"50256\":-100.0},\"stop\":[\"a\",\"b\"],";
        assertThat(body(OpenAiSettings.defaults(), true, Dialect.OPENAI, all()))
                .isEqualTo(START + "\"max_completion_tokens\":5," + common + "\"logprobs\":true,\"top_logprobs\":3}");
    }

    @Test
    void localServersGetWhatTheyKnow() {
        SamplingParams vllm = SamplingParams.builder()
                .topK(5)
                .minP(0.1)
                .repetitionPenalty(1.5)
                .minTokens(2)
                .stopTokenIds(List.of(3))
                .ignoreEos(true)
                .stop(List.of("1", "2", "3", "4", "5"))
                .includeStop(true)
                .skipSpecialTokens(false)
                .build();
        assertThat(body(OpenAiSettings.defaults(), false, Dialect.VLLM, vllm))
                .endsWith(
                        "\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\"],\"top_k\":5,\"min_p\":0.1,\"repetition_penalty\":1.5,"
                                + "\"min_tokens\":2,\"stop_token_ids\":[3],\"ignore_eos\":true,"
                                + "\"include_stop_str_in_output\":true,\"skip_special_tokens\":false}");
        SamplingParams llama = SamplingParams.builder()
                .temperature(0.7)
                .topK(5)
                .repetitionPenalty(1.5)
                .ignoreEos(true)
                .build();
        assertThat(body(OpenAiSettings.defaults(), false, Dialect.LLAMA_CPP, llama))
                .endsWith("\"top_k\":5,\"min_p\":0.0,\"repeat_penalty\":1.5,\"repeat_last_n\":-1,\"samplers\":"
                        + "[\"penalties\",\"temperature\",\"min_p\",\"top_k\",\"top_p\"],\"ignore_eos\":true}");
    }

    @Test
    void legacyCompletionsGetTextThatWeRendered() {
        OpenAiSettings settings =
                OpenAiSettings.builder().endpoint(Endpoint.COMPLETIONS).build();
        String rendered = PromptFormats.chatMl()
                .render(Prompt.of("Be brief.", "Hello").messages())
                .text();
        assertThat(body(
                        settings,
                        true,
                        Dialect.OPENAI,
                        SamplingParams.builder().logprobs(2).build()))
                .isEqualTo("{\"model\":\"m\",\"prompt\":\"" + rendered.replace("\n", "\\n")
                        + "\",\"max_tokens\":1024,\"logprobs\":2}");
        ChatCall raw = new ChatCall(Prompt.raw("as is"), SamplingParams.defaults(), silent);
        assertThat(body(settings, true, Dialect.OPENAI, raw)).contains("\"prompt\":\"as is\"");
    }

    @Test
    void aStreamAsksForUsageAndTheUsersFieldsWin() {
        OpenAiSettings settings = OpenAiSettings.builder()
                .lengthField(LengthField.MAX_TOKENS)
                .extraBody(Map.of("max_tokens", 3, "metadata", Map.of("a", List.of(1, true))))
                .build();
        ChatCall call = new ChatCall(Prompt.of("Hi"), SamplingParams.defaults(), new TestCalls.Heard(true));
        assertThat(body(settings, true, Dialect.OPENAI, call))
                .contains("\"stream\":true,\"stream_options\":{\"include_usage\":true}")
                .contains("\"max_tokens\":3")
                .doesNotContain("1024")
                .contains("\"metadata\":{\"a\":[1,true]}");
    }

    @Test
    void whatTheDialectLacksIsRefusedByName() {
        assertThatThrownBy(
                        () -> ParamRules.check(SamplingParams.builder().topK(3).build(), Dialect.OPENAI, Endpoint.CHAT))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.certainty()).isEqualTo(Certainty.NOT_SENT))
                .hasMessageContaining("topK must be 0")
                .hasMessageContaining("got 3");
        SamplingParams stopIds =
                SamplingParams.builder().stopTokenIds(List.of(1)).build();
        assertThatThrownBy(() -> ParamRules.check(stopIds, Dialect.LLAMA_CPP, Endpoint.CHAT))
                .hasMessageContaining("stopTokenIds");
        ParamRules.check(stopIds, Dialect.VLLM, Endpoint.CHAT);
        SamplingParams many = SamplingParams.builder().logprobs(6).build();
        ParamRules.check(many, Dialect.OPENAI, Endpoint.CHAT);
        assertThatThrownBy(() -> ParamRules.check(many, Dialect.OPENAI, Endpoint.COMPLETIONS))
                .hasMessageContaining("logprobs");
    }

    @Test
    void promptsThatTheEndpointCannotTakeAreRefused() {
        RequestWriter chat = new RequestWriter("m", OpenAiSettings.defaults(), null, true, adjustments);
        assertThatThrownBy(() -> chat.check(Prompt.raw("x"))).hasMessageContaining("COMPLETIONS");
        OpenAiSettings settings =
                OpenAiSettings.builder().endpoint(Endpoint.COMPLETIONS).build();
        RequestWriter legacy = new RequestWriter("m", settings, null, true, adjustments);
        assertThatThrownBy(() -> legacy.check(Prompt.of("x"))).hasMessageContaining("promptFormat");
        legacy.check(Prompt.raw("x"));
    }

    @Test
    void nullTakesOutAFieldOfOursAndIsSentUnderAnotherName() {
        Map<String, Object> extra = new HashMap<>();
        extra.put("seed", null);
        extra.put("max_tokens", null);
        extra.put("stop", null);
        extra.put("reasoning", null);
        OpenAiSettings settings = OpenAiSettings.builder().extraBody(extra).build();
        assertThat(body(
                        settings,
                        false,
                        Dialect.OPENAI,
                        SamplingParams.defaults().withSeed(7)))
                .isEqualTo(START + "\"temperature\":1.0,\"top_p\":1.0,\"reasoning\":null}");
    }

    @Test
    void seedsThatFitStayAndOthersAreFolded() {
        assertThat(WireSeed.of(0)).isZero();
        assertThat(WireSeed.of(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        for (long seed : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, 0x123456789ABCDEFL}) {
            assertThat(WireSeed.of(seed))
                    .isBetween(0L, (long) Integer.MAX_VALUE)
                    .isEqualTo(WireSeed.of(seed));
        }
        assertThat(WireSeed.of(1L << 31)).isNotEqualTo(WireSeed.of(1L << 40));
    }
}
