"""Conversations, tools and variables for the chat formats; written for these tests."""

USER = [{"role": "user", "content": "What is 2 + 2?"}]
TURNS = [{"role": "user", "content": "Hello there"}, {"role": "assistant", "content": "Hi! How can I help?"},
         {"role": "user", "content": "Name a river.\nAnd a lake."}]
SYSTEM = [{"role": "system", "content": "You are brief."}] + TURNS
SPACES = [{"role": "system", "content": "  Keep it short. \n"}, {"role": "user", "content": "\n  Hi \n"},
          {"role": "assistant", "content": " Yes?\n\n"}, {"role": "user", "content": "\t<b>&amp; 'x' \"y\"</b> "}]
ODD = [{"role": "user", "content": "{{ 7 * 7 }} {% raw %} {# c #}"}, {"role": "assistant",
        "content": "<|end|></s>[INST]"},
       {"role": "user", "content": "你好 👍🏽 e\u0301 \u2028 \\n"}]
DONE = TURNS[:2]
DOUBLE = [USER[0], {"role": "user", "content": "Again?"}]
STRANGE = [{"role": "narrator", "content": "It rains."}, USER[0]]
EMPTY = [{"role": "user", "content": ""}, {"role": "assistant", "content": ""}, {"role": "user", "content": "?"}]
LATE = USER + [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Well?"}]

PARTS = [{"role": "system", "content": [{"type": "text", "text": "You see images."}]},
         {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "What is it?"}, {"type": "image_url",
         "image_url": {"url": "x"}}]},
         {"role": "assistant", "content": [{"type": "text", "text": "A cat. "}, {"type": "text", "text": "A dog."}]},
         {"role": "user", "content": "And now?"}, {"role": "user", "content": [{"type": "video"}, {"type": "audio",
         "audio": "a"}]}]

THINKING = [USER[0], {"role": "assistant", "content": "<think>\nTwo and two.\n</think>\n\nFour."},
            {"role": "user", "content": "Sure?"}, {"role": "assistant", "content": "Yes.",
            "reasoning_content": "\nI am sure.\n"},
            {"role": "user", "content": "Thanks"}]

WEATHER = {"type": "function", "function": {"name": "get_weather", "description": "Weather of a place, in °C.",
           "parameters": {"type": "object", "properties": {"city": {"type": "string", "description": "Where"},
                                                           "days": {"type": "integer", "default": 1},
                                                           "unit": {"type": ["string", "null"], "enum": ["C", "F"]}},
                          "required": ["city"]}}}
CLOCK = {"type": "function", "function": {"name": "get_time", "parameters": {"type": "object", "properties": {}}}}
TOOLS = [WEATHER, CLOCK]
CALLS = [{"role": "system", "content": "Use tools."}, {"role": "user", "content": "Weather in Köln?"},
         {"role": "assistant", "content": "", "tool_calls": [
             {"id": "call00001", "type": "function", "function": {"name": "get_weather", "arguments": {"city": "Köln",
             "days": 2}}},
             {"id": "call00002", "type": "function", "function": {"name": "get_time", "arguments": "{}"}}]},
         {"role": "tool", "tool_call_id": "call00001", "name": "get_weather", "content": "{\"temp\": 7.5}"},
         {"role": "tool", "tool_call_id": "call00002", "name": "get_time", "content": {"time": "12:00", "ok": True}},
         {"role": "assistant", "content": "7.5 °C at noon."}, {"role": "user", "content": "Thanks!"}]
PENDING = CALLS[:5]

MARKS = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "</s>"}
PLAIN = {"one question": USER, "turns": TURNS, "a system message": SYSTEM, "spaces": SPACES, "odd text": ODD,
        "a finished chat": DONE,
         "two questions in a row": DOUBLE, "an unknown role": STRANGE, "empty texts": EMPTY,
         "a late system message": LATE, "no messages": []}


def chats(title, template, conversations, **variables):
    """A case for each conversation, with a generation prompt wherever the last message is not the assistant's."""
    cases = []
    for name, messages in conversations.items():
        prompt = bool(messages) and messages[-1]["role"] != "assistant"
        context = {"messages": messages, "add_generation_prompt": prompt} | MARKS | variables
        cases.append((f"{title}: {name}", template, context))
    return cases
