package io.github.ultrafeedback.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ultrafeedback.template.ChatTemplate;
import io.github.ultrafeedback.template.RenderedTemplate;
import io.github.ultrafeedback.template.TemplateText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time to render a chat of ten messages with a parsed template. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TemplateBenchmark {
    /**
     * About as much work a message as the templates of current models: scans back, splits reasoning, asks for roles.
     */
    private static final String OWN = """
            {%- set ns = namespace(last=messages|length - 1, open=true) %}
            {%- if messages[0].role == 'system' %}
                {{- bos_token + '[system]\\n' + messages[0].content|trim + '[end]\\n' }}
            {%- endif %}
            {%- for message in messages[::-1] %}
                {%- set index = (messages|length - 1) - loop.index0 %}
                {%- if ns.open and message.role == 'user' and message.content is string %}
                    {%- set ns.open = false %}
                    {%- set ns.last = index %}
                {%- endif %}
            {%- endfor %}
            {%- for message in messages %}
                {%- set content = message.content if message.content is string else '' %}
                {%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
                    {{- '[' + message.role + ']\\n' + content|trim + '[end]\\n' }}
                {%- elif message.role == 'assistant' %}
                    {%- set thought = '' %}
                    {%- if '</why>' in content %}
                        {%- set thought = content.split('</why>')[0].rstrip('\\n').split('<why>')[-1].lstrip('\\n') %}
                        {%- set content = content.split('</why>')[-1].lstrip('\\n') %}
                    {%- endif %}
                    {%- if loop.index0 > ns.last and (loop.last or thought) %}
                        {{- '[assistant]\\n<why>\\n' + thought.strip('\\n') + '\\n</why>\\n' + content }}
                    {%- else %}
                        {{- '[assistant]\\n' + content }}
                    {%- endif %}
                    {%- for call in message.tool_calls or [] %}
                        {{- '\\n{"name": "' ~ call.name ~ '", "arguments": ' ~ call.arguments|tojson ~ '}' }}
                    {%- endfor %}
                    {{- '[end]\\n' }}
                {%- elif message.role != 'system' %}
                    {{- raise_exception('Unknown role') }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}{{- '[assistant]\\n' }}{%- endif %}
            """;

    /** Our own template, or the model of one in the data file. */
    @Param({"own", "Qwen/Qwen3-0.6B", "meta-llama/Llama-3.1-8B-Instruct"})
    String template;

    /** A file of public templates; without it only "own" can run. */
    @Param("../shared/data/chat_templates.json")
    String data;

    private ChatTemplate parsed;
    private Map<String, Object> context;

    /**
     * Parses the template and writes the messages.
     *
     * @throws IOException if the data file cannot be read
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        parsed = ChatTemplate.parse(template.equals("own") ? OWN : found());
        List<Map<String, Object>> messages = new ArrayList<>();
        messages.add(Map.of("role", "system", "content", "You are a helpful assistant."));
        for (int i = 0; i < 9; i++) {
            String content = "A train leaves the station at nine and travels at sixty miles an hour. How far? " + i;
            messages.add(Map.of("role", i % 2 == 0 ? "user" : "assistant", "content", content));
        }
        context = Map.of("messages", messages, "bos_token", new TemplateText("<s>"), "add_generation_prompt", true);
    }

    private String found() throws IOException {
        for (JsonNode node : new ObjectMapper().readTree(Path.of(data).toFile()).path("templates")) {
            if (node.path("from").toString().contains(template)) {
                return node.path("source").asText();
            }
        }
        throw new IllegalArgumentException("no template of " + template + " in " + data);
    }

    /**
     * Renders text alone.
     *
     * @return the prompt
     */
    @Benchmark
    public String render() {
        return parsed.render(context);
    }

    /**
     * Renders with the origin of each character.
     *
     * @return the prompt
     */
    @Benchmark
    public RenderedTemplate renderTracked() {
        return parsed.renderTracked(context);
    }
}
