"""Chat formats for text, in the manner of the well-known families: markers, headers, brackets, plain words."""
from .conversations import PLAIN, SYSTEM, TURNS, chats

MARKERS = """\
{% for message in messages %}{{ '<|start|>' + message['role'] + '\\n' + message['content'] + '<|stop|>' + '\\n' }}{% endfor %}\
{% if add_generation_prompt %}{{ '<|start|>assistant\\n' }}{% endif %}"""

MARKERS_DEFAULT_SYSTEM = """\
{% set first = (messages | first) or {} %}
{{ '<|start|>system\nYou help.<|stop|>\n' if first.role != 'system' }}
{%- for m in messages -%}
<|start|>{{ m.role }}
{{ m.content | trim }}<|stop|>
{%- if not loop.last %}{{ '\n' }}{% endif -%}
{%- endfor -%}
{% if add_generation_prompt and (messages | last).role not in ['assistant'] %}

<|start|>assistant
{% endif %}
"""

HEADERS = """\
{%- if messages and messages[0].role == 'system' -%}
    {%- set system = messages[0].content | trim -%}
    {%- set rest = messages[1:] -%}
{%- else -%}
    {%- set system = '' -%}
    {%- set rest = messages -%}
{%- endif -%}
{{- bos_token -}}
{{- '<|head|>system<|/head|>\n\n' -}}
{{- 'Today: ' + strftime_now('%d %b %Y') + '\n\n' + system + '<|turn_end|>' -}}
{%- for m in rest -%}
    {{- '<|head|>' + m.role + '<|/head|>\n\n' + m.content | trim + '<|turn_end|>' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}
    {{- '<|head|>assistant<|/head|>\n\n' -}}
{%- endif -%}
"""

BRACKETS = """\
{% set rules = namespace(text='') %}
{% set turns = messages %}
{% if turns[0].role is eq 'system' %}{% set rules.text = '<RULES>\\n' ~ turns[0]['content'] ~ '\\n</RULES>\\n' %}{% set turns = turns[1:] %}{% endif %}
{% for t in turns %}{% set wanted = 'user' if loop.index is odd else 'assistant' %}
{% if t['role'] != wanted %}{{ raise_exception('Turn ' ~ loop.index ~ ' is of ' ~ t['role'] ~ ', not of ' ~ wanted) }}{% endif %}
{% if wanted == 'user' %}{{ bos_token + '[ASK] ' + (rules.text if loop.first else '') + t['content'].strip() + ' [/ASK]' }}
{%- else %} {{ t['content'].strip() }} {{ eos_token }}{% endif %}
{% endfor %}"""

BRACKETS_SYSTEM_LAST = """\
{%- if messages[0]["role"] == "system" -%}
    {%- set rules, talk = messages[0]["content"], messages[1:] -%}
{%- else -%}
    {%- set talk = messages -%}
{%- endif -%}
{%- set state = namespace(turn=0) -%}
{%- for m in talk -%}
    {%- if not (m["role"] == "tool" or m["tool_calls"] is defined) -%}
        {%- if (state.turn % 2 == 1) == (m["role"] == "user") -%}
            {{- raise_exception("Turns go user, assistant, user; got " + m["role"] + " at " + state.turn | string) -}}
        {%- endif -%}
        {%- set state.turn = state.turn + 1 -%}
    {%- endif -%}
{%- endfor -%}
{{- bos_token -}}
{%- for m in talk -%}
    {%- if m["role"] == "assistant" -%}
        {{- " " + m["content"] | trim + eos_token -}}
    {%- elif m["role"] != "user" -%}
        {{- raise_exception("The role " + m["role"] + " is not known; a system message comes first") -}}
    {%- else -%}
        {{- "[ASK] " -}}
        {%- if rules is defined and loop.last -%}{{- rules + "\\n\\n" -}}{%- endif -%}
        {{- m["content"] + "[/ASK]" -}}
    {%- endif -%}
{%- endfor -%}
"""

TURN_NAMES = """\
{{ bos_token }}
{%- if messages[0].role == 'system' %}{{ raise_exception('No system role here') }}{% endif -%}
{%- for m in messages -%}
{%- set even = loop.index0 % 2 == 0 -%}
{%- if even and m.role != 'user' or m.role == 'user' and not even %}{{ raise_exception('user, model, user, model') }}{% endif -%}
<turn>{{ {'assistant': 'model'}.get(m.role, m.role) }}
{{ m.content | trim }}</turn>
{% endfor -%}
{% if add_generation_prompt %}{{ '<turn>model\n' }}{% endif %}"""

WORDS = """\
{% if add_generation_prompt is not defined %}
{% set add_generation_prompt = true %}
{% endif %}
{%- set seen = namespace(rules=false) -%}
{%- for m in messages if m['role'] == 'system' -%}
    {%- set seen.rules = true -%}
{%- endfor -%}
{% if not seen.rules %}
A helper answers questions.
{% endif %}
{%- for m in messages %}
    {%- if 'user' == m['role'] %}

### Question:
{{ m['content'] }}
    {%- elif 'assistant' == m['role'] %}

### Answer:
{{ m['content'] + '\\n<|done|>' }}
    {%- else %}
{{ m['content'] }}
    {%- endif %}
{%- endfor %}
{{- '\\n### Answer:' if add_generation_prompt -}}"""

DIALOGUE = """\
{% for m in messages %}{% if m.role == 'user' %}{{ 'USER: ' ~ m.content.strip() ~ ' ' }}{% elif m.role == 'assistant' %}\
{{ 'ASSISTANT: ' ~ m.content.strip() ~ eos_token }}{% elif loop.first %}{{ m.content.strip() ~ '\n\n' }}{% endif %}{% endfor %}\
{{ 'ASSISTANT:' if add_generation_prompt }}"""

CHARS = """\
{% for m in messages %}
{% if 'user' == m['role'] %}<|u|>
{{ m['content'] ~ eos_token }}
{% elif 'system' == m['role'] %}<|s|>
{{ m['content'] ~ eos_token }}
{% elif 'assistant' == m['role'] %}<|a|>
{{ m['content'] ~ eos_token }}
{% endif %}
{% if add_generation_prompt and loop.last %}
{{ '<|a|>' }}
{% endif %}
{% endfor %}"""

CRLF = "{% for m in messages %}\r\n{{ m.role }}:\r\n  {% if m.content %}\r\n{{ m.content }}\r\n  {% endif %}\r\n{% endfor %}\r\n{{ 'assistant:\\r\\n' }}\r\n"

MAPPED = """\
{%- set names = {'user': 'Human', 'assistant': 'Helper', 'system': 'Rules'} -%}
{%- for message in messages -%}
    {%- if message.role not in names -%}
        {{- raise_exception("Unknown role '" ~ message.role ~ "', known: " ~ names.keys() | join(', ')) -}}
    {%- endif -%}
    {{- '\n\n' if not loop.first else '' }}{{ names[message.role] }}: {{ message.content -}}
{%- endfor -%}
{{- '\n\n' ~ names.assistant ~ ':' if add_generation_prompt else eos_token }}"""

MERGED = """\
{%- for m in messages -%}
{%- if loop.previtem is defined and loop.previtem.role == m.role -%}
{{ '\n' ~ m.content }}
{%- else -%}
{{ '<' ~ m.role[0] | upper ~ '>' ~ m.content }}
{%- endif -%}
{%- if loop.nextitem is not defined or loop.nextitem.role != m.role -%}
{{ '</' ~ m.role[:1].upper() ~ '>' }}
{%- endif -%}
{%- endfor -%}"""

TURN_COUNT = """\
{%- set count = (messages | selectattr('role', 'equalto', 'user') | list | length) -%}
{%- for m in messages if m.role in ('user', 'assistant') -%}
[{{ loop.index }}/{{ loop.length }}{{ ' last' if loop.last }}] {{ m.role | title }}: {{ m.content | replace('\n', ' ') | truncate(30) }}
{% endfor -%}
{{ count }} question{{ 's' if count != 1 }}; system: {{ (messages | selectattr('role', 'eq', 'system') | map(attribute='content') | first) | default('none') }}
"""

MACROS = """\
{%- macro turn(role, text, close=true) -%}
<{{ role }}>{{ text }}{% if close %}</{{ role }}>{% endif %}
{%- endmacro -%}
{%- for m in messages -%}
{{ turn(m.role, m.content | e) }}
{%- endfor -%}
{%- if add_generation_prompt %}{{ turn('assistant', '', close=false) }}{% endif -%}"""

GENERATION = """\
{% for m in messages %}
{% if m.role == 'assistant' %}
<a>{% generation %}{{ m.content }}</a>{% endgeneration %}
{% else %}
<q>{{ m.content }}</q>
{% endif %}
{% endfor %}"""

JUDGE = """\
{%- set talk = messages | rejectattr('role', 'in', ['system', 'tool']) | list -%}
{%- if not talk -%}{{ raise_exception('Nothing to judge') }}{%- endif -%}
{%- set who = {'user': 'Person', 'assistant': 'Machine'}[talk[-1].role] | default(talk[-1].role | title) -%}
[JUDGE] Is the last text of {{ who }} fit for all ages?
{% for m in talk | reverse -%}
{%- if loop.index > 3 %}{% break %}{% endif -%}
{{ loop.index }}. {{ m.role | upper }}: {{ m.content | trim | default('(nothing)', true) | indent(3) }}
{% endfor -%}
Answer 'fit' or 'unfit'.[/JUDGE]"""

JSON_LINES = """\
{%- for m in messages %}
{{ {'at': loop.index0, 'role': m.role, 'text': m.content, 'words': m.content | wordcount} | tojson(separators=(',', ':')) }}
{%- endfor %}
{{ {'at': messages | length, 'role': 'assistant', 'open': add_generation_prompt} | tojson(sort_keys=true) }}"""

PREFIXED = """\
{%- set pad = joiner(' ' ~ eos_token ~ ' ') -%}
{%- for role, group in messages | groupby('role') if role != 'system' -%}
{{ pad() }}{{ role | center(11) }}|{{ group | map(attribute='content') | map('trim') | map('length') | join('/') }}
{%- endfor %}
{% for m in messages | batch(2) -%}
{{ m | map(attribute='role') | map('first') | join }}: {{ m[0].content | tojson }}
{%- if m[1] is defined %} -> {{ m[1]['content'] | tojson }}{% endif %}
{% endfor %}"""

WRAPPED = """\
{%- macro frame(title) -%}
+ {{ title }} {{ kwargs.mark or '-' * (20 - title | length) }}
{{ caller(title | lower) | trim | replace('\\n', '\\n| ') }}
+{{ varargs | join }}
{% endmacro -%}
{%- for m in messages -%}
{%- call(name) frame(m.role | title, '=' * 3, mark='***' if m.role == 'system') %}
| {{ name }} says
{{ m.content | e }}
{%- endcall -%}
{%- else -%}
(nothing said)
{%- endfor -%}"""

FORMATS = {"Markers": MARKERS, "Markers with a default system message": MARKERS_DEFAULT_SYSTEM,
        "Headers with a date": HEADERS, "Brackets": BRACKETS,
        "Brackets with the system message last": BRACKETS_SYSTEM_LAST, "Turns with a model role": TURN_NAMES,
        "Headings": WORDS, "A dialogue": DIALOGUE, "One mark a role": CHARS, "Lines with CRLF": CRLF,
        "Roles by a dict": MAPPED, "Neighbours merged": MERGED, "Turns counted": TURN_COUNT, "Turns by a macro": MACROS,
        "Generation blocks": GENERATION, "A judge": JUDGE, "Lines of JSON": JSON_LINES, "Groups and pairs": PREFIXED,
           "Frames by a call block": WRAPPED}

CASES = [one for title, template in FORMATS.items() for one in chats(title, template, PLAIN)]
CASES += chats("Markers without a prompt", MARKERS, {"turns": TURNS}, add_generation_prompt=False)
CASES += chats("A prompt asked for by a missing variable",
        "{% if add_generation_prompt is undefined or not add_generation_prompt %}no{% else %}yes{% endif %}{{ messages|length }}",
        {"a system message": SYSTEM})
