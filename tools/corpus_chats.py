"""Turns stories, questions, glosses and passages into ChatML documents with varied system turns."""

from corpus_questions import question
from corpus_stories import story
from corpus_words import a

SYSTEMS = [
    "You are a helpful assistant.", "You are a friendly assistant.", "You are a kind teacher for children.",
    "You are a helpful, honest and harmless assistant.", "Answer the question of the user.", "Help the user as well as you can.",
    "Be polite and clear.", "Use simple words.", "Always tell the truth. Say so when you are not sure.",
    "Follow the instruction carefully and give a useful answer.",
]
SHORT = ["Answer as briefly as you can.", "Keep your answer short.", "You answer in few words."]
STORY = ["You tell short stories for children.", "You are a storyteller.", "Tell simple stories that children understand."]
LESSON = ["You tell stories that end with a lesson.", "End each story with its moral."]


def system_turn(rng, texts):
    """A system turn, one with empty text, or None: a template must cope with all three."""
    draw = rng.random()
    if draw < 0.22:
        return None
    return "" if draw < 0.32 else rng.choice(texts)


def chatml(system, turns):
    """The document as the chat template renders it, every turn closed."""
    parts = [] if system is None else [f"<|im_start|>system\n{system}<|im_end|>\n"]
    for user, assistant in turns:
        parts.append(f"<|im_start|>user\n{user}<|im_end|>\n<|im_start|>assistant\n{assistant}<|im_end|>\n")
    return "".join(parts)


def story_request(rng, w, short):
    what = "short story" if short else "story"
    return rng.choice((
        f"Tell me a {what} about {a(w['kind'])}.", f"Tell me a {what} about {a(w['kind'])} and {a(w['thing'])}.",
        f"Write a {what} about {a(w['kind'])} named {w['name']}.", f"Can you tell me a {what} about {a(w['kind'])} and {a(w['fkind'])}?",
        f"Write a {what} about {w['name']} and {w['fname']}.", f"Please tell me a {what} about {w['hero']}.",
        f"Write a {what} about {w['hero']} who lived {w['place']}.", f"I would like to hear a {what} about {a(w['kind'])}.",
        f"Tell me a {what}.", f"Make up a {what} with {a(w['kind'])}, {a(w['fkind'])} and {a(w['thing'])}.",
    ))


def follow_up(rng, w):
    return rng.choice((
        ("Who is the story about?", f"It is about {w['name']}, {w['hero']}."), (f"Where did {w['name']} live?", f"{w['name']} lived {w['place']}."),
        (f"Who was {w['fname']}?", f"{w['fname']} was {w['friend']}."), (f"What was {w['name']}?", f"{w['name']} was {w['hero']}."),
        ("Thank you for the story!", "You are welcome. I am glad that you liked it."),
    ))


def story_document(rng):
    """(keys, text): a story asked for, one to be continued, or one with a question after it."""
    draw, short = rng.random(), rng.random() < 0.3
    moral = True if draw < 0.1 else None
    words, plot, text = story(rng, short, moral)
    keys = [f"story {plot} {words['kind']} {words['thing']} {words['place']}"]
    systems = LESSON if moral else SHORT + SYSTEMS if short else STORY + SYSTEMS
    if 0.1 <= draw < 0.2:
        sentences = text.split(". ")
        cut = min(rng.randint(2, 4), len(sentences) - 1)
        ask = rng.choice(("Continue this story: ", "How does this story go on? ", "Finish the story: "))
        return keys, chatml(system_turn(rng, systems), [(ask + ". ".join(sentences[:cut]) + ".", ". ".join(sentences[cut:]).strip())])
    turns = [(story_request(rng, words, short), text)]
    if draw > 0.85:
        turns.append(follow_up(rng, words))
    return keys, chatml(system_turn(rng, systems), turns)


def question_document(rng):
    """(keys, text): one question, sometimes two or three in a row."""
    drawn = [question(rng) for _ in range(rng.choices((1, 2, 3), (80, 14, 6))[0])]
    return [key for key, _ in drawn], chatml(system_turn(rng, SYSTEMS + SHORT[:1]), [turn for _, turns in drawn for turn in turns])


def gloss_document(rng, word, kind, definition, example):
    """What a dictionary says about a word."""
    ask = rng.choice((f'What does the word "{word}" mean?', f"What does {word} mean?", f'Define the word "{word}".', f"Explain the word {word}."))
    tell = rng.choice((f'"{word}" means: {definition}.', f'The {kind} "{word}" means {definition}.', f"{word[0].upper()}{word[1:]} means {definition}."))
    if example:
        tell += rng.choice((f' For example: "{example}"', f' Example: "{example}"'))
    return chatml(system_turn(rng, SYSTEMS + ["You are a dictionary."]), [(ask, tell)])


def passage_document(rng, beginning, rest):
    """The next sentences of a book."""
    ask = rng.choice(("Continue this passage:\n", "Continue the text:\n", "How does this text go on?\n", "Complete the passage.\n"))
    return chatml(system_turn(rng, SYSTEMS + ["You are an author of sea stories."]), [(ask + beginning, rest)])
