"""Questions, sums and small tasks: each function draws one (key, turns), turns being (user, assistant) pairs.

The key names the fact or the numbers asked about, never the wording, so that a fact held out is never seen in training.
"""

from corpus_facts import ADVICE, CHAT, HOW, WHAT, WHY, YES_NO
from corpus_words import (
    ANIMAL_FACTS, CAPITALS, CATEGORIES, COLOUR_OF, COLOURS, DAYS, FOODS, MONTHS, NAMES, NUMBERS, OPPOSITES, PLACES, SIZES,
    THINGS, TRAITS, a,
)


def _cap(text):
    return text[0].upper() + text[1:]


def sums(rng):
    x, y = rng.randint(1, 20), rng.randint(1, 20)
    op = rng.choice("+-*")
    if op == "*":
        x, y = rng.randint(1, 10), rng.randint(1, 10)
    if op == "-" and x < y:
        x, y = y, x
    z = {"+": x + y, "-": x - y, "*": x * y}[op]
    word = {"+": "plus", "-": "minus", "*": "times"}[op]
    ask = rng.choice((f"What is {x} {word} {y}?", f"What is {x} {op} {y}?", f"{x} {op} {y} = ?", f"How much is {x} {word} {y}?",
                      f"Please calculate {x} {op} {y}."))
    tell = rng.choice((f"{x} {op} {y} = {z}", f"{x} {word} {y} is {z}.", f"The answer is {z}.", f"{_cap(word)} means {op}, so {x} {op} {y} = {z}."))
    return f"sum {x}{op}{y}", [(ask, tell)]


def word_problem(rng):
    name, pronoun = (lambda p: (rng.choice(NAMES[p]), p))(rng.choice(("he", "she")))
    thing = rng.choice("apples|nuts|pears|carrots|plums|biscuits|kites|bells|books|coins|buttons|pebbles|candles|spoons".split("|"))
    x, y = rng.randint(2, 20), rng.randint(1, 12)
    if rng.random() < 0.5:
        ask = f"{name} has {x} {thing}. " + rng.choice((f"{_cap(pronoun)} gets {y} more.", f"{_cap(pronoun)} finds {y} more.", f"A friend gives {name} {y} more."))
        z, line = x + y, f"{x} + {y} = {x + y}"
    else:
        x = x + y
        ask = f"{name} has {x} {thing}. " + rng.choice((f"{_cap(pronoun)} gives away {y}.", f"{_cap(pronoun)} loses {y} of them.", f"{_cap(pronoun)} sells {y}."))
        z, line = x - y, f"{x} - {y} = {x - y}"
    ask += " " + rng.choice((f"How many {thing} does {name} have now?", f"How many {thing} are left in the end?" if z < x else f"How many {thing} are there now?"))
    tell = rng.choice((f"{line}. {name} has {z} {thing}.", f"First there were {x}. {line}. So {name} now has {z} {thing}.", f"{name} has {z} {thing}, because {line}."))
    return f"problem {line}", [(ask, tell)]


def opposite(rng):
    pair = rng.choice(OPPOSITES)
    x, y = pair.split() if rng.random() < 0.5 else reversed(pair.split())
    ask = rng.choice((f"What is the opposite of {x}?", f'What is the opposite of "{x}"?', f"Give me the opposite of {x}.", f"What word means the opposite of {x}?"))
    return f"opposite {pair}", [(ask, rng.choice((f"The opposite of {x} is {y}.", f"{_cap(y)}.", f"It is {y}.")))]


def animal(rng):
    name = rng.choice(sorted(ANIMAL_FACTS))
    sound, baby, home, food, legs = ANIMAL_FACTS[name]
    legs = NUMBERS[legs] if legs else "no"
    kind, ask, tell = rng.choice((
        ("sound", f"What sound does {a(name)} make?", f"{_cap(a(name))} {sound}."),
        ("baby", f"What do you call a young {name}?", f"A young {name} is called {a(baby)}."),
        ("home", f"Where does {a(name)} live?", f"{_cap(a(name))} lives in {home}."),
        ("food", f"What does {a(name)} eat?", f"{_cap(a(name))} eats {food}."),
        ("legs", f"How many legs does {a(name)} have?", f"{_cap(a(name))} has {legs} legs."),
        ("all", f"Tell me about the {name}.", f"The {name} lives in {home}. It eats {food} and has {legs} legs. Its young is called {a(baby)}."),
    ))
    return f"animal {name} {kind}", [(ask, tell)]


def colour(rng):
    thing, shade = rng.choice(COLOUR_OF).split(":")
    return f"colour {thing}", [(rng.choice((f"What colour is {thing}?", f"Which colour does {thing} have?")), rng.choice((f"{_cap(thing)} is {shade}.", f"{_cap(shade)}.")))]


def capital(rng):
    country, city = rng.choice(CAPITALS).split(":")
    ask = rng.choice((f"What is the capital of {country}?", f"Which city is the capital of {country}?", f"Name the capital of {country}."))
    return f"capital {country}", [(ask, rng.choice((f"The capital of {country} is {city}.", f"{city} is the capital of {country}.", f"{city}.")))]


def listing(rng):
    name = rng.choice(sorted(CATEGORIES))
    n = rng.randint(2, 5)
    picked = rng.sample(CATEGORIES[name], n)
    ask = rng.choice((f"Name {NUMBERS[n]} {name}.", f"Give me a list of {NUMBERS[n]} {name}.", f"Can you list {NUMBERS[n]} {name}?", f"Write down {NUMBERS[n]} {name}, please."))
    style = rng.randrange(3)
    if style == 0:
        tell = _cap(", ".join(picked[:-1]) + " and " + picked[-1] + ".")
    else:
        tell = "\n".join(f"{i + 1}. {_cap(p)}" if style == 1 else f"- {_cap(p)}" for i, p in enumerate(picked))
    return f"list {name} {' '.join(sorted(picked))}", [(ask, tell)]


def size(rng):
    i, j = rng.sample(range(len(SIZES)), 2)
    big, small = SIZES[max(i, j)], SIZES[min(i, j)]
    which, right, wrong = rng.choice((("bigger", big, small), ("smaller", small, big)))
    ask = f"Which is {which}, {SIZES[i]} or {SIZES[j]}?"
    return f"size {big} {small}", [(ask, rng.choice((f"{_cap(right)} is {which} than {wrong}.", f"{_cap(right)}.")))]


def calendar(rng):
    names = rng.choice((DAYS, MONTHS))
    unit, i = ("day" if names is DAYS else "month"), rng.randrange(len(names))
    after = rng.random() < 0.5
    other = names[(i + (1 if after else -1)) % len(names)]
    word = "after" if after else "before"
    return f"calendar {names[i]} {word}", [(f"Which {unit} comes {word} {names[i]}?", rng.choice((f"{other} comes {word} {names[i]}.", f"{other}.")))]


def counting(rng):
    start, n = rng.randint(1, 30), rng.randint(4, 10)
    step = rng.choice((1, 1, 1, 2, -1)) if start > 12 else rng.choice((1, 1, 2))
    numbers = [start + step * i for i in range(n)]
    how = {1: "", 2: " in steps of two", -1: " backwards"}[step]
    return f"count {start} {n} {step}", [(f"Count from {start} to {numbers[-1]}{how}.", ", ".join(map(str, numbers)))]


def spelling(rng):
    word = rng.choice(THINGS + TRAITS + FOODS)
    kind, ask, tell = rng.choice((
        ("spell", f'How do you spell "{word}"?', "-".join(word.upper())),
        ("first", f'What is the first letter of "{word}"?', f'The first letter of "{word}" is {word[0].upper()}.'),
        ("capitals", f'Write "{word}" in capital letters.', word.upper()),
        ("letters", f'How many letters does the word "{word}" have?', f'The word "{word}" has {NUMBERS[len(word)]} letters.'),
    ))
    return f"spell {word} {kind}", [(ask, tell)]


def fact(rng):
    question, answers = rng.choice(WHY + WHAT)
    ask = rng.choice((question, question, question, f"Please tell me: {question[0].lower()}{question[1:]}", f"Can you explain this? {question}"))
    return f"fact {question} {answers}", [(ask, rng.choice(answers.split("|")))]


def how_to(rng):
    goal, steps = rng.choice(HOW)
    steps = steps.split("|")
    ask = rng.choice((f"How do I {goal}?", f"How can I {goal}?", f"Explain how to {goal}.", f"Tell me step by step how to {goal}."))
    if rng.random() < 0.5:
        return f"how {goal}", [(ask, "\n".join(f"{i + 1}. {s}" for i, s in enumerate(steps)))]
    return f"how {goal}", [(ask, rng.choice(("", "It is easy. ", "Here is how: ")) + " ".join(steps))]


def advice(rng):
    worry, answer = rng.choice(ADVICE)
    ask = worry + rng.choice((" What should I do?", " What can I do?", " Can you help me?", ""))
    return f"advice {worry}", [(ask, answer)]


def chat(rng):
    asks, answers = rng.choice(CHAT)
    ask, answer = rng.choice(asks.split("|")), rng.choice(answers.split("|"))
    return f"chat {ask} {answer}", [(ask, answer)]


def yes_no(rng):
    question, answer = rng.choice(YES_NO)
    return f"yes {question}", [(question, answer)]


def note(rng):
    name, to, thing = rng.choice(NAMES["she"]), rng.choice(NAMES["he"]), rng.choice(THINGS)
    hue = rng.choice(COLOURS)
    kind, ask, body = rng.choice((
        ("thanks", f"Write a short letter from {name} to thank {to} for the {thing}.", f"Thank you very much for the {hue} {thing}. I like it and use it every day. I hope to see you soon."),
        ("sorry", f"Write a letter in which {name} says sorry to {to} about a broken {thing}.", f"I am sorry that I broke your {hue} {thing}. I did not mean to do it. I will try to mend it."),
        ("invite", f"Write a letter in which {name} invites {to} to a party.", f"I will have a party on {rng.choice(DAYS)}. There will be {rng.choice(FOODS)} and {rng.choice(FOODS)}. Please come and bring your {thing}."),
    ))
    return f"note {kind} {name} {to}", [(ask, f"Dear {to},\n\n{body}\n\n{rng.choice(('Yours', 'Love', 'Best wishes'))},\n{name}")]


def describe(rng):
    hue, thing, place = rng.choice(COLOURS), rng.choice(THINGS), rng.choice(PLACES)
    trait, other = rng.sample(("old", "small", "big", "round", "heavy", "light", "beautiful", "useful", "broken", "new"), 2)
    ask = rng.choice((f"Describe {a(thing)}.", f"Describe {a(hue)} {thing}.", f"Write two sentences about {a(thing)}."))
    tell = rng.choice((
        f"The {thing} is {hue} and {trait}. Somebody left it {place}.", f"It is {a(trait)} {hue} {thing}. It looks {other}, but I like it.",
        f"There is {a(hue)} {thing} {place}. It is {trait} and {other}."))
    return f"describe {hue} {thing} {place}", [(ask, tell)]


ALL = [(sums, 6), (word_problem, 9), (opposite, 2), (animal, 3), (colour, 1), (capital, 2), (listing, 7), (size, 2), (calendar, 1),
       (counting, 2), (spelling, 3), (fact, 4), (how_to, 4), (advice, 2), (chat, 2), (yes_no, 2), (note, 8), (describe, 8)]


def question(rng):
    """One drawn question with its answer."""
    (drawn,) = rng.choices([f for f, _ in ALL], [w for _, w in ALL])
    return drawn(rng)
