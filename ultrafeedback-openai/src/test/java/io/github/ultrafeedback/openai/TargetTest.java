package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {
    private static final Map<String, String> NOTHING = Map.of();

    private static HttpRequest request(OpenAiSettings settings, Map<String, String> environment) {
        Target target = Target.resolve(settings, environment);
        return target.request(ApiRequest.json("chat/completions", false, new byte[0]), target.currentKey());
    }

    private static String header(HttpRequest request, String name) {
        return request.headers().firstValue(name).orElse("none");
    }

    @Test
    void theEnvironmentSaysWhatTheSettingsDoNot() {
        HttpRequest request = request(
                OpenAiSettings.defaults(),
                Map.of(
                        "OPENAI_API_KEY", " sk-1\n",
                        "OPENAI_BASE_URL", "https://proxy.example/v1/",
                        "OPENAI_ORG_ID", "org-1",
                        "OPENAI_PROJECT_ID", "proj-1"));
        assertThat(request.uri()).hasToString("https://proxy.example/v1/chat/completions");
        assertThat(header(request, "Authorization")).isEqualTo("Bearer sk-1");
        assertThat(header(request, "OpenAI-Organization")).isEqualTo("org-1");
        assertThat(header(request, "OpenAI-Project")).isEqualTo("proj-1");
    }

    @Test
    void theSettingsComeBeforeTheEnvironment() {
        OpenAiSettings settings = OpenAiSettings.builder()
                .apiKey("sk-2")
                .baseUrl("http://localhost:1/v1")
                .account("org-2", "proj-2")
                .headers(Map.of("X-Extra", "e", "user-agent", "mine"))
                .queryParameters(Map.of("a b", "c&d"))
                .build();
        HttpRequest request = request(
                settings, Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_BASE_URL", "http://x/v1", "OPENAI_ORG_ID", "org-1"));
        assertThat(request.uri()).hasToString("http://localhost:1/v1/chat/completions?a%20b=c%26d");
        assertThat(header(request, "Authorization")).isEqualTo("Bearer sk-2");
        assertThat(header(request, "OpenAI-Organization")).isEqualTo("org-2");
        assertThat(header(request, "OpenAI-Project")).isEqualTo("proj-2");
        assertThat(header(request, "X-Extra")).isEqualTo("e");
        assertThat(request.headers().allValues("User-Agent")).containsExactly("mine");
    }

    @Test
    void azureHasAPathAVersionAndAHeaderOfItsOwn() {
        OpenAiSettings settings = OpenAiSettings.builder()
                .apiKey("k")
                .baseUrl("https://me.openai.azure.com/")
                .azure(new AzureDeployment("my gpt", "2024-10-21"))
                .build();
        HttpRequest request = request(settings, NOTHING);
        assertThat(request.uri())
                .hasToString("https://me.openai.azure.com/openai/deployments/my%20gpt/chat/completions"
                        + "?api-version=2024-10-21");
        assertThat(header(request, "api-key")).isEqualTo("k");
        assertThat(header(request, "Authorization")).isEqualTo("none");
        assertThat(Target.resolve(settings, NOTHING).openAi()).isTrue();
        OpenAiSettings homeless = OpenAiSettings.builder()
                .apiKey("k")
                .azure(new AzureDeployment("a", "b"))
                .build();
        assertThatThrownBy(() -> Target.resolve(homeless, NOTHING)).hasMessageContaining("baseUrl is missing");
    }

    @Test
    void aMissingKeyIsAnErrorBeforeAnythingIsSent() {
        assertThatThrownBy(() -> Target.resolve(OpenAiSettings.defaults(), Map.of("OPENAI_API_KEY", " ")))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("OPENAI_API_KEY");
        assertThatThrownBy(() -> OpenAiGenerator.open(
                        ModelRef.parse("gpt-4"), GeneratorOptions.defaults(), new TestTime().ambient(1)))
                .isInstanceOf(AuthenticationException.class);
        HttpRequest local =
                request(OpenAiSettings.builder().baseUrl("http://localhost:1").build(), NOTHING);
        assertThat(header(local, "Authorization")).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk bad", "sk-ü", "", "sk\u0000"})
    void aKeyThatCannotBeSentIsRefusedWithoutBeingShown(String key) {
        OpenAiSettings settings = OpenAiSettings.builder().apiKey(key).build();
        assertThatThrownBy(() -> Target.resolve(settings, NOTHING))
                .isInstanceOf(AuthenticationException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("bad").doesNotContain("sk-"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:8000", "ftp://x/v1", "http://u:secret@x/v1", "http://x/v1?k=secret", "http:// x", "v1"
            })
    void anAddressThatCannotBeUsedIsRefusedWithoutBeingShown(String url) {
        OpenAiSettings settings = OpenAiSettings.builder().baseUrl(url).build();
        assertThatThrownBy(() -> Target.resolve(settings, NOTHING))
                .isInstanceOf(InvalidRequestException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains("baseUrl").doesNotContain("secret"));
    }

    @Test
    void aHeaderThatCannotBeSentIsRefusedWithoutItsValue() {
        for (Map<String, String> headers : java.util.List.of(Map.of("Host", "secret"), Map.of("X", "sec\nret"))) {
            OpenAiSettings settings =
                    OpenAiSettings.builder().apiKey("k").headers(headers).build();
            assertThatThrownBy(() -> Target.resolve(settings, NOTHING))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasNoCause()
                    .satisfies(
                            e -> assertThat(e.getMessage()).contains("headers").doesNotContain("sec"));
        }
    }

    @Test
    void aTokenInTheUsersOwnHeadersIsAKeyToo() {
        OpenAiSettings settings = OpenAiSettings.builder()
                .baseUrl("https://me.openai.azure.com/")
                .azure(new AzureDeployment("a", "b"))
                .headers(Map.of("Authorization", "Bearer token"))
                .build();
        HttpRequest request = request(settings, NOTHING);
        assertThat(header(request, "Authorization")).isEqualTo("Bearer token");
        assertThat(header(request, "api-key")).isEqualTo("none");
    }

    @Test
    void aSupplierThatThrowsAtOpeningIsAnErrorWithoutItsWords() {
        OpenAiSettings settings = OpenAiSettings.builder()
                .apiKeySupplier(() -> {
                    throw new IllegalStateException(Planted.KEY);
                })
                .build();
        GeneratorOptions options = GeneratorOptions.builder().settings(settings).build();
        assertThatThrownBy(() -> OpenAiBatchGenerator.open(ModelRef.parse("gpt-4"), options))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("IllegalStateException")
                .hasNoCause()
                .satisfies(e -> assertThat(Planted.in(e.toString())).isFalse());
    }

    @Test
    void aServerNamedByTheEnvironmentTakesAnyModelThatDoesNotLieHere(@TempDir Path folder) {
        OpenAiGeneratorProvider provider = new OpenAiGeneratorProvider(Map.of("OPENAI_BASE_URL", "http://x/v1"));
        assertThat(provider.supports(ModelRef.parse("my-own-model"), GeneratorOptions.defaults()))
                .isTrue();
        assertThat(provider.supports(ModelRef.parse(folder.toString()), GeneratorOptions.defaults()))
                .isFalse();
    }

    @Test
    void aDeploymentOfAzureMayHaveAnyName() {
        OpenAiSettings settings =
                OpenAiSettings.builder().azure(new AzureDeployment("a", "b")).build();
        GeneratorOptions options = GeneratorOptions.builder().settings(settings).build();
        assertThat(new OpenAiGeneratorProvider(NOTHING).supports(ModelRef.parse("my-deployment"), options))
                .isTrue();
    }

    @Test
    void aSupplierIsAskedEachTime() {
        AtomicInteger count = new AtomicInteger();
        Target target = Target.resolve(
                OpenAiSettings.builder()
                        .apiKeySupplier(() -> "k" + count.incrementAndGet())
                        .build(),
                NOTHING);
        assertThat(target.currentKey()).isEqualTo("k2");
        assertThat(target.currentKey()).isEqualTo("k3");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4, true",
        "gpt-4o-mini, true",
        "gpt-3.5-turbo, true",
        "gpt-5, true",
        "chatgpt-4o-latest, true",
        "o1, true",
        "o3-mini, true",
        "gpt-neox-20b, false",
        "gpt-oss-20b, false",
        "gpt-j, false",
        "gpt-3, false",
        "olmo-7b, false",
        "opt-125m, false",
        "o, false",
        "llama-2-7b-chat, false",
        "my-gpt-4, false"
    })
    void onlyOpenAisNamesAreTakenWithoutAnAddress(String name, boolean taken) {
        OpenAiGeneratorProvider provider = new OpenAiGeneratorProvider(NOTHING);
        ModelRef model = ModelRef.parse(name);
        assertThat(provider.supports(model, GeneratorOptions.defaults())).isEqualTo(taken);
        GeneratorOptions named = GeneratorOptions.builder()
                .settings(OpenAiSettings.builder().baseUrl("http://localhost:1").build())
                .build();
        assertThat(provider.supports(model, named)).isTrue();
    }
}
