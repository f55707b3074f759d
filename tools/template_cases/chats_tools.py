"""Chat formats with tools, tool calls, reasoning, documents and contents of several parts."""
from .conversations import CALLS, CLOCK, PARTS, PENDING, PLAIN, SYSTEM, THINKING, TOOLS, TURNS, USER, WEATHER, chats

XML_TOOLS = """\
{%- macro as_text(value) -%}{{ value if value is string else value | tojson }}{%- endmacro -%}
{%- set rules = messages[0].content if messages and messages[0].role == 'system' else none -%}
{%- if rules or tools -%}
    {{- '<|start|>system' -}}
    {%- if rules %}{{- '\\n' ~ rules -}}{% endif -%}
    {%- if tools -%}
        {{- "\\n# Functions\\n<functions>" -}}
        {%- for t in tools %}{{- "\\n" ~ t | tojson -}}{%- endfor -%}
        {{- "\\n</functions>\\nCall one so: <call>{\\"name\\": NAME, \\"arguments\\": JSON}</call>" -}}
    {%- endif -%}
    {{- '<|stop|>\\n' -}}
{%- endif -%}
{%- set asked = namespace(at=-1) -%}
{%- for m in messages[::-1] -%}
    {%- if m.role == "user" and asked.at < 0 and not m.content.startswith('<result>') -%}
        {%- set asked.at = messages | length - loop.index -%}
    {%- endif -%}
{%- endfor -%}
{%- for m in messages -%}
    {%- set answer = namespace(text=as_text(m.content), thought='') -%}
    {%- if m.role == "assistant" -%}
        {%- if m.reasoning_content is defined and m.reasoning_content is string -%}
            {%- set answer.thought = m.reasoning_content.strip('\\n') -%}
        {%- elif answer.text.find('</think>') >= 0 -%}
            {%- set halves = answer.text.split('</think>') -%}
            {%- set answer.thought = halves[0].split('<think>')[-1].lstrip('\\n').rstrip('\\n') -%}
            {%- set answer.text = halves[-1].lstrip('\\n') -%}
        {%- endif -%}
        {{- '<|start|>assistant\\n' -}}
        {%- if answer.thought and (loop.index0 > asked.at or loop.revindex <= 2) -%}
            {{- '<think>' + answer.thought + '</think>\\n' -}}
        {%- endif -%}
        {{- answer.text -}}
        {%- for call in m.tool_calls or [] -%}
            {%- set call = call.function or call -%}
            {{- '\\n' if answer.text or not loop.first -}}
            {{- '<call>{"name": "' + call.name + '", "arguments": ' + as_text(call.arguments) + '}</call>' -}}
        {%- endfor -%}
        {{- '<|stop|>\\n' -}}
    {%- elif m.role == "tool" -%}
        {%- if not loop.previtem or loop.previtem.role != 'tool' %}{{- '<|start|>user' -}}{% endif -%}
        {{- '\\n<result>' ~ answer.text ~ '</result>' -}}
        {%- if loop.last or messages[loop.index].role != 'tool' %}{{- '<|stop|>\\n' -}}{% endif -%}
    {%- elif m.role != "system" or loop.index > 1 -%}
        {{- '<|start|>' + m.role + '\\n' + answer.text + '<|stop|>\\n' -}}
    {%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}
    {{- '<|start|>assistant\\n' -}}
    {{- '' if enable_thinking | default(true) is true else '<think></think>\\n' -}}
{%- endif -%}"""

TYPED_TOOLS = """\
{%- macro kind(spec) -%}
  {%- if spec.type is string -%}{{ {'string': 'str', 'integer': 'int', 'array': 'list[' ~ kind(spec['items'] | default({})) ~ ']'}.get(spec.type, spec.type) }}
  {%- elif spec.type is iterable -%}{% for t in spec.type %}{{ kind({'type': t}) }}{% if not loop.last %} | {% endif %}{% endfor %}
  {%- else -%}any{%- endif -%}
{%- endmacro -%}
{%- macro signature(tool) -%}
{{ tool.name }}({% for name, spec in tool.parameters.properties | dictsort %}{{ name }}: {{ kind(spec) }}
{%- if spec.enum is defined %} in {{ spec.enum | tojson }}{% endif %}{% if name not in (tool.parameters.required or []) %} = {{ spec.default if spec.default is defined else 'null' }}{% endif %}
{%- if not loop.last %}, {% endif %}{% endfor %})
{%- if tool.description is defined and tool.description %} // {{ tool.description }}{% endif %}
{%- endmacro -%}
{%- if tools is defined and tools is not none and tools | length > 0 -%}
# Tools
{%- for tool in tools %}{% set tool = tool.function or tool %}
{{ loop.index }}. {{ signature(tool) }}
{%- endfor %}
{% endif -%}
{%- for m in messages -%}
[{{ m.role }}] {% if m.tool_calls -%}
{%- for c in m.tool_calls -%}
{{ c.function.name }}(
{%- if c.function.arguments is mapping -%}{% for k, v in c.function.arguments.items() %}{{ k }}={{ v | tojson }}{{ ", " if not loop.last }}{% endfor %}{%- else -%}{{ c.function.arguments }}{%- endif -%}
)#{{ c.id[-3:] }}{{ '; ' if not loop.last }}
{%- endfor -%}
{%- elif m.content is mapping -%}
{%- for key in m.content %}{{ key }}: {{ m.content[key] }}{{ '' if loop.last else ' | ' }}{% endfor -%}
{%- else -%}{{ m.content }}{%- endif %}
{% endfor %}"""

ID_TOOLS = """\
{%- if tools is not defined or not tools -%}{%- set tools = [] -%}{%- endif -%}
{%- set last_question = (messages | selectattr("role", "in", ["user"]) | list)[-1] -%}
{{- bos_token -}}
{%- for m in messages -%}
    {%- if m["role"] == "user" -%}
        {%- if tools and m == last_question -%}
            {{- "[TOOLS]" -}}
            {%- for tool in tools -%}
                {{- "{" -}}
                {%- for name, part in tool.function.items() if name not in ["strict", "return"] -%}
                    {{- name | tojson + ": " -}}{{- part | tojson -}}{{- "" if loop.last else ", " -}}
                {%- endfor -%}
                {{- "}" if loop.last else "};" -}}
            {%- endfor -%}
            {{- "[/TOOLS]" -}}
        {%- endif -%}
        {{- "[ASK] " + m["content"] + "[/ASK]" -}}
    {%- elif m.tool_calls is defined and m.tool_calls is not none -%}
        {{- "[CALLS]" -}}
        {%- for c in m.tool_calls -%}
            {%- if c.id is not defined or c.id | length != 9 -%}
                {{- raise_exception("The id of a call has 9 characters, not " ~ c.id | default("") | length) -}}
            {%- endif -%}
            {%- set open = c.function | tojson -%}
            {{- open[:-1] ~ ', "call": "' ~ c.id ~ '"}' ~ (" " if not loop.last else eos_token) -}}
        {%- endfor -%}
    {%- elif m["role"] == "assistant" -%}
        {{- " " + m["content"] | trim + eos_token -}}
    {%- elif m["role"] in ["tool_results", "tool"] -%}
        {%- if m.content.time is defined -%}{%- set told = m.content.time -%}{%- else -%}{%- set told = m.content -%}{%- endif -%}
        {{- '[RESULT]' + told | string + "#" -}}{{- m.tool_call_id + '[/RESULT]' -}}
    {%- elif not (loop.first and m["role"] == "system") -%}
        {{- raise_exception("No such role: " + m["role"]) -}}
    {%- endif -%}
{%- endfor -%}"""

THINK_STRIP = """\
{{ bos_token }}{%- set ns = namespace(system='', first=true) -%}
{%- for m in messages if m['role'] == 'system' -%}{%- set ns.system = ns.system ~ ('' if ns.first else '\n\n') ~ m['content'] -%}{%- set ns.first = false -%}{%- endfor -%}
{{ ns.system }}
{%- for m in messages -%}
  {%- if m['role'] == 'user' -%}{{ '<|U|>' + m['content'] }}
  {%- elif m['role'] == 'assistant' and m['content'] is not none -%}
    {%- set content = m['content'] -%}
    {%- if '</think>' in content and (not keep_thinking is defined or not keep_thinking) -%}{%- set content = content.split('</think>')[1:] | join('</think>') -%}{%- endif -%}
    {{ '<|A|>' + (content | trim) + eos_token }}
  {%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|A|><think>\n' if thinking else '<|A|></think>' }}{%- endif -%}"""

IMAGES = """\
{%- set image_count = namespace(value=0) %}{%- set video_count = namespace(value=0) %}
{%- for message in messages %}
{{- '<|start|>' ~ message.role ~ '\n' }}
{%- if message.content is string %}{{- message.content }}
{%- else %}
{%- for part in message.content %}
{%- if part.type == 'image' or 'image' in part or 'image_url' in part %}
{%- set image_count.value = image_count.value + 1 %}
{%- if add_vision_id %}{{- 'Picture ' ~ image_count.value ~ ': ' }}{%- endif %}{{- '<img>' }}
{%- elif part.type == 'video' %}
{%- set video_count.value = video_count.value + 1 %}{{- '<vid' ~ video_count.value ~ '>' }}
{%- elif 'text' in part %}{{- part.text }}
{%- else %}{{- raise_exception('No such part: ' ~ part.type) }}
{%- endif %}
{%- endfor %}
{%- endif %}{{- '<|stop|>\n' }}
{%- endfor %}"""

PART_MACRO = """\
{% macro text_of(content, images=true) %}{% if content is string %}{{ content }}{% elif content is none %}{% elif content is iterable and content is not mapping %}{% for part in content %}\
{% if part['type'] == 'text' %}{{ part['text'] }}{% elif images %}{{ '<' ~ part['type'].split('_')[0] ~ '>' }}{% else %}{% continue %}{% endif %}{% endfor %}{% else %}{{ content | tojson }}{% endif %}{% endmacro %}
{%- for m in messages %}{{ m['role'] | capitalize }}{{ ': ' + text_of(m['content'], images=(m.role == 'user')) | trim }}{{ '\n' if not loop.last else '' }}{% endfor %}"""

DOCUMENTS = """\
{%- if documents %}
<docs>
{%- for doc in documents %}

Document {{ loop.index0 }}: {{ doc.title | default('untitled') }}
{%- for key, value in doc | items if key not in ['title'] %}
{{ key }} = {{ value | string | indent(2) }}
{%- endfor %}
{%- endfor %}

</docs>
{% endif %}
{%- for m in messages %}{{ m.content }}{{ eos_token if m.role == 'assistant' }}{% endfor %}"""

CHANNELS = """\
{%- macro schema(s, depth=0) -%}
{%- for name, p in s.get('properties', {}).items() %}
{{ '  ' * depth }}// {{ p.description | default('no text') }}
{{ '  ' * depth }}{{ name }}{{ '' if name in s.get('required', []) else '?' }}: {{ p.type if p.type is string else p.type | join(' | ') }},
{%- if p.properties is defined %}{{ schema(p, depth + 1) }}{% endif %}
{%- endfor %}
{%- endmacro -%}
{%- if messages | length > 0 and messages[0].role in ['developer', 'system'] -%}
    {%- set rules, rest = messages[0].content, messages[1:] -%}
{%- else -%}
    {%- set rules, rest = none, messages -%}
{%- endif -%}
<|begin|>system: effort {{ reasoning_effort | default('medium') }}, {{ strftime_now('%Y-%m-%d') }}<|end|>
{%- if rules or tools -%}
<|begin|>developer{% if rules %}: {{ rules }}{% endif %}
{%- for t in tools or [] %}

type {{ t.function.name }} = {{ '{' }}{{ schema(t.function.parameters, 1) }}
{{ '}' }}
{%- endfor -%}
<|end|>
{%- endif -%}
{%- for m in rest -%}
{%- set last = loop.last -%}
{%- if m.role == 'assistant' -%}
{%- if m.reasoning_content and not last %}<|begin|>assistant:think {{ m.reasoning_content | trim }}<|end|>{% endif -%}
{%- for c in m.tool_calls | default([], true) %}<|begin|>assistant to={{ c.function.name }} {{ c.function.arguments | tojson if c.function.arguments is not string else c.function.arguments }}<|call|>{% endfor -%}
{%- if m.content %}<|begin|>assistant:final {{ m.content }}{{ '<|end|>' if not last else '<|return|>' }}{% endif -%}
{%- else -%}
<|begin|>{{ m.role }}: {{ m.content }}<|end|>
{%- endif -%}
{%- endfor -%}
{{- '<|begin|>assistant' if add_generation_prompt -}}"""

CHECKED = """\
{%- if tools and tools | rejectattr('type', 'equalto', 'function') | list -%}{{ raise_exception('Only functions') }}{%- endif -%}
{%- set names = (tools or []) | map(attribute='function') | map(attribute='name') | list -%}
{{ names | sort | join('+') or 'no tools' }}:
{%- for m in messages -%}
{%- if m.tool_calls is defined -%}
{%- for c in m.tool_calls -%}
{%- if c.function.name not in names -%}{{ raise_exception('Tool ' ~ c.function.name ~ ' is not among ' ~ names) }}{%- endif -%}
{{ ' call ' ~ c['function']['name'] }}
{%- endfor -%}
{%- else -%}
{{ ' ' ~ m.role ~ '(' ~ (m.content | string | length) ~ ')' }}
{%- endif -%}
{%- endfor -%}"""

TALK = {"tool calls": CALLS, "a pending call": PENDING, "reasoning": THINKING, "a system message": SYSTEM,
        "one question": USER, "odd text": PLAIN["odd text"]}
SEEN = {"parts": PARTS, "turns": TURNS, "one part": PARTS[1:2], "a finished chat": PARTS[:3]}

CASES = [
    *[one for title, template in {"Functions in tags": XML_TOOLS, "Functions with types": TYPED_TOOLS,
        "Calls with ids": ID_TOOLS, "Channels": CHANNELS, "Tools checked": CHECKED}.items()
      for tools_title, tools in {"with tools": TOOLS, "with one tool": [CLOCK], "without tools": None} .items()
      for one in chats(f"{title} {tools_title}", template, TALK, tools=tools)],
    *chats("Functions in tags, thinking off", XML_TOOLS, {"reasoning": THINKING, "one question": USER}, tools=[WEATHER],
        enable_thinking=False),
    *chats("Channels with effort", CHANNELS, {"reasoning": THINKING}, reasoning_effort="high"),
    *chats("Reasoning stripped", THINK_STRIP, TALK | PLAIN, thinking=True),
    *chats("Reasoning kept", THINK_STRIP, {"reasoning": THINKING}, keep_thinking=True),
    *chats("Images counted", IMAGES, SEEN, add_vision_id=True),
    *chats("Images", IMAGES, SEEN),
    *chats("Parts by a macro", PART_MACRO, SEEN | {"tool calls": CALLS}),
    *chats("Documents", DOCUMENTS, {"one question": USER, "turns": TURNS}, documents=[{"title": "A", "text": "one\ntwo",
        "n": 1}, {"text": "é"}]),
    *chats("Documents that are missing", DOCUMENTS, {"one question": USER}),
]
