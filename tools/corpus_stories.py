"""Simple stories: a plot is a list of beats, a beat a list of ways to say it. All sentences written for this project.

A small model learns to say little well, so the stories share words, places and turns of phrase; which beat is said in
which way, who the heroes are and what they find is drawn anew for each story.
"""

from corpus_words import ANIMALS, COLOURS, FOODS, NAMES, PEOPLE, PLACES, THINGS, TIMES, TRAITS, WEATHERS, a

OPENINGS = [
    "Once upon a time there was {hero} named {name}. {He} lived {place}.",
    "Once there was {hero} who lived {place}. {His} name was {name}.",
    "There once lived {hero} called {name}. {He} had a home {place}.",
    "{name} was {hero}. {He} lived {place} and liked to eat {food}.",
    "Long ago, {place}, there lived {hero}. Everyone called {him} {name}.",
    "{name} was {hero} who lived {place}.",
]
WEATHER = ["{weather}.", "{weather}, and {name} woke up early.", "{weather}, so {name} took a long walk.", "", "", ""]
MORALS = {
    "lost": ["What is lost can be found when friends look together.", "Do not give up too soon.", "It is good to ask for help."],
    "share": ["What we share tastes better.", "A little is enough when it is shared.", "Kindness comes back to those who give it."],
    "afraid": ["Being brave means going on although you are afraid.", "Many things look worse in the dark.", "Fear grows small when you look at it."],
    "lie": ["It is better to tell the truth at once.", "A lie grows, but the truth stays the same.", "Those who say what is true are trusted."],
    "slow": ["Slow and steady work gets done.", "Those who take their time make fewer mistakes.", "Patience is worth more than speed."],
    "storm": ["A warm home is made by those who are in it.", "In bad weather you learn who your friends are.", "An open door makes a friend."],
    "quarrel": ["A friend is worth more than a thing.", "It takes two to quarrel, but one can end it.", "It is never too late to say sorry."],
    "learn": ["Everyone who can do a thing once could not do it.", "We learn by trying again.", "Practice makes hard things easy."],
    "help": ["Even the small can help the great.", "No good deed is ever lost.", "Help others and they will help you."],
    "wish": ["Those who want everything may end with nothing.", "It is wise to be glad of what you have.", "Be careful what you wish for."],
    "river": ["Two can do what one cannot.", "There is a way across every river.", "Think first, then jump."],
    "gift": ["The best gift is made with your own hands.", "A gift does not have to be big.", "It is the thought that counts."],
}
PLOTS = {
    "lost": [
        ["{time} {name} could not find {his} {colour} {thing}.", "{time} {name} saw that {his} {colour} {thing} was gone.", "{time} {name} lost {his} {colour} {thing}."],
        ["{He} looked under the bed, but it was not there.", "{He} looked behind the door and under the table.", "{He} searched the whole house from top to bottom.", "{He} walked back along the path and looked at every stone."],
        ['"Where can it be?" {he} asked.', '"I had it yesterday," {he} said.', "{He} sat down and began to cry.", "{name} was very sad."],
        ["Then {friend} came by. \"I will help you,\" said {fname}.", "{fname} {thefriend} heard {him}. \"Let us look together,\" said {fname}.", "{His} friend {fname}, {friend}, came to help."],
        ["They looked in the grass and by the water.", "They asked everyone they met.", "They looked until the sun went down."],
        ["At last they found the {thing} in {food2place}.", "In the end the {thing} lay under a bush, right where {name} had rested.", "At last {fname} saw something {colour} in the grass. It was the {thing}!"],
        ["{name} was so happy that {he} danced.", '"Thank you, {fname}!" said {name}, and they went home.', "{name} hugged {fname} and laughed."],
    ],
    "share": [
        ["{time} {name} had a basket full of {food}.", "{time} {name} found a whole heap of {food}.", "{time} {name} made {food} for supper."],
        ["{He} wanted to eat it all alone.", '"All this is mine," {he} said.', "{He} sat down to eat and did not look up."],
        ["Then {friend} knocked at the door. {fname} was cold and hungry.", "Just then {friend} named {fname} came along the road. {fname} had not eaten for two days.", "But there stood {friend}, thin and tired. It was {fname}."],
        ['"Could you give me a little?" asked {fname}.', '"I have nothing to eat," said {fname}.', "{fname} said nothing, but looked at the {food}."],
        ["{name} thought for a moment. Then {he} gave {fname} half of it.", "First {name} wanted to say no. But then {he} moved over and made room.", '"Sit down," said {name}. "There is enough for two."'],
        ["They ate and talked until it was dark.", "They ate together by the fire.", "{fname} told a funny story, and {name} laughed."],
        ["From that day on they were good friends.", "The next winter, when {name} had nothing, {fname} came with {food2}.", "{name} found that the {food} had never tasted so good."],
    ],
    "afraid": [
        ["{name} was afraid of the dark.", "{name} was afraid of thunder.", "{name} did not like to go out at night."],
        ["{time} {he} heard a strange noise outside.", "{time} something went bump behind the house.", "{time} {he} saw a big shadow on the wall."],
        ["{name} hid under the blanket.", "{His} heart beat fast.", "{He} did not dare to move."],
        ['"I must go and look," {he} said at last.', "After a while {he} took a lantern and opened the door.", "But {he} took a deep breath and went out."],
        ["It was only {friend}! {fname} had lost the way.", "There sat {friend} named {fname}, who was afraid too.", "It was only the wind that shook an old {thing}. Beside it sat {fname} {thefriend} and shivered."],
        ['"Come in," said {name}. "It is warm inside."', "{name} laughed and let {fname} in.", '"You do not have to be afraid," said {name}. "I am here."'],
        ["They drank warm milk and slept well.", "From then on {name} was not afraid any more.", "After that night the dark did not seem so dark."],
    ],
    "lie": [
        ["{time} {name} broke {a_colour} {thing}. It belonged to {fname} {thefriend}.", "{time} {name} played with {a_colour} {thing} that belonged to {fname} {thefriend}. It fell down and broke.", "{fname} {thefriend} had {a_colour} {thing}. {time} {name} dropped it by mistake."],
        ['"Did you do this?" asked {fname}.', '"Who broke my {thing}?" asked {fname}.', "When {fname} came home, the pieces lay on the floor."],
        ['"No," said {name}. "It was the wind."', '"It was not me," said {name}.', '{name} looked at the floor and said, "I do not know."'],
        ["That night {he} could not sleep.", "But {name} felt bad all day and could not eat.", "{name} went home, but nothing was fun any more."],
        ["In the morning {he} went to {fname}. \"I broke it,\" {he} said. \"I am sorry.\"", "The next day {he} told {fname} the truth.", "At last {he} ran back and said, \"It was me. Please forgive me.\""],
        ['"Thank you for telling me," said {fname}.', "{fname} was not angry. \"Everyone makes mistakes,\" {fname} said.", "{fname} was silent for a while, and then smiled."],
        ["Together they mended the {thing}.", "They put the {thing} together again with glue.", "{name} worked for three days and bought a new {thing}."],
    ],
    "slow": [
        ["{time} {name} and {fname} {thefriend} wanted to build a house.", "{time} {name} and {friend} called {fname} had a race to the old bridge.", "{time} {name} and {friend} called {fname} began to dig a garden."],
        ["{fname} worked very fast. {name} worked slowly.", "{fname} was quick and did not look left or right.", "{fname} hurried, but {name} took one step at a time."],
        ['"You are too slow," laughed {fname}.', '"I will be done long before you," said {fname}.', "{fname} laughed at {name}."],
        ["{name} did not answer and went on.", '"We will see," said {name}.', "{name} only smiled."],
        ["At noon {fname} was tired and lay down to sleep.", "Soon {fname} made a mistake and had to start again.", "Then {fname} forgot the {thing} and had to run back."],
        ["{name} did not stop. When the sun went down, {he} was done.", "Step by step {name} went on, until the work was finished.", "In the evening {name} was the first."],
        ['"How did you do it?" asked {fname}. "I did not stop," said {name}.', "{fname} came last and was ashamed.", '"Next time I will be patient," said {fname}.'],
    ],
    "storm": [
        ["{time} a great storm came.", "{time} the wind blew harder and harder.", "{time} black clouds came over the hill, and it began to rain."],
        ["The rain fell and fell.", "The trees bent down and the windows shook.", "Soon water ran over the path."],
        ["{name} shut the door and made a fire.", "{name} sat at home and listened.", "{name} lit a candle and put {food} on the table."],
        ["Then {he} heard someone call. It was {fname}, {friend}.", "There was a knock. Outside stood {friend}, wet and cold. \"I am {fname},\" said the stranger.", "Through the window {he} saw {fname} {thefriend}, who had no roof any more."],
        ['"Come in quickly!" said {name}.', "{name} opened the door at once.", "{name} ran out with {a_colour} {thing} and brought {fname} inside."],
        ["{He} gave {fname} a dry blanket and hot soup.", "They sat by the fire and told stories.", "{fname} ate {food} and grew warm again."],
        ["In the morning the sun came out.", "The next day the storm was over, and they went out together.", "When the storm had passed, {fname} stayed for a week."],
    ],
    "quarrel": [
        ["{name} had a friend, {friend} called {fname}. {time} they found {a_colour} {thing}.", "{time} {name} and {fname} {thefriend} saw {a_colour} {thing} on the road."],
        ['"It is mine," said {name}. "No, it is mine," said {fname}.', '"I saw it first!" said {fname}. "But I picked it up," said {name}.', "Both of them wanted to have it."],
        ["They pulled and pulled, until the {thing} broke in two.", "They shouted so loudly that the birds flew away.", "They quarrelled the whole day."],
        ["Then they went home and did not speak to each other.", "{name} went left and {fname} went right.", "{fname} ran away, and {name} was alone."],
        ["But it was boring to be alone.", "In the evening {name} felt sorry.", "{name} could not stop thinking about {fname}."],
        ["The next day {name} went to {fname} and said, \"I am sorry.\"", '"You can have the {thing}," said {name}. "I want my friend back."', "{He} took some {food} and knocked at the door of {fname}."],
        ['"I am sorry too," said {fname}. They laughed and played until evening.', "They shook hands and were friends again.", "From then on the {thing} belonged to both of them."],
    ],
    "learn": [
        ["{name} could not swim.", "{name} wanted to learn to play the flute.", "{name} wanted to paint a picture.", "{name} did not know how to read."],
        ["{time} {he} tried it for the first time.", "{time} {he} said, \"Today I will try.\"", "{time} {he} went to {fname} {thefriend}, who knew how to do it."],
        ["It went badly. Everyone laughed.", "The first time it did not work at all.", "It was much harder than {he} had thought."],
        ['"I will never learn it," said {name}.', "{name} wanted to give up.", "{name} went home and was sad."],
        ['"Try again," said {fname}. "I also needed a long time."', "But {fname} {thefriend} said, \"One more time, and slowly.\"", '"Nobody can do it on the first day," said {fname} {thefriend}.'],
        ["So {name} tried again, day after day.", "{name} practised every morning before breakfast.", "Each day it went a little better."],
        ["After a month {he} could do it well.", "In the end everyone came to watch, and they clapped.", "One day it worked, and {name} jumped for joy."],
    ],
    "help": [
        ["{time} {name} heard someone cry for help.", "{time} {name} walked along the river and heard a voice.", "{time} {name} saw that something moved in the bushes."],
        ["It was {fname}, {friend}, who was stuck in a hole.", "{friend_cap} had fallen into the water. It was {fname}.", "There was {fname}, {friend}, caught in a net."],
        ['"Please help me!" called {fname}.', '"You are much too weak to help me," said {fname}.', "\"I cannot get out,\" said {fname}."],
        ["{name} took {a_colour} {thing} and ran as fast as {he} could.", "{name} looked around and found a long stick.", "{name} thought about it. Then {he} had an idea."],
        ["{He} pulled with all {his} strength.", "It took a long time, but {he} did not stop.", "Once, twice, three times {he} pulled."],
        ["At last {fname} was free.", "Then {fname} came out, wet but happy.", "With one last pull it was done."],
        ['"I will never forget this," said {fname}.', "A year later {name} was in trouble, and {fname} came to help.", "{fname} gave {name} some {food} to say thank you."],
    ],
    "wish": [
        ["{time} {name} found an old {colour} {thing}.", "{time} {name} dug in the garden and found {a_colour} {thing}.", "{time} {fname} {thefriend} gave {name} {a_colour} {thing}."],
        ['"You have three wishes," said a voice from the {thing}.', "When {he} touched it, it began to speak: \"What do you wish?\"", "It was a magic {thing}, and it could grant wishes."],
        ['"I wish for {food}," said {name}, and there it was.', "First {he} wished for a mountain of {food}.", "First {name} wished to be big and strong."],
        ["Then {he} wished for a house with a hundred rooms.", '"Now I want gold," said {name}, and the floor was full of gold.', "Then {name} wanted to be king of everything."],
        ["But {he} was alone, and there was nobody to talk to.", "But {he} was still not happy.", "But the more {he} had, the more {he} wanted."],
        ["So {he} wished that everything was as before.", "In the end {he} said, \"I wish I had my old life back.\"", "With the last wish {he} asked for a friend."],
        ["Then {name} sat at home, ate {food2} and was glad.", "The {thing} was silent after that, and {name} did not miss it.", "And there stood {fname}, {friend}, and smiled."],
    ],
    "river": [
        ["{time} {name} wanted to visit {his} grandmother on the other side of the river.", "{time} {name} wanted to cross the river, because good {food} grew on the other side.", "{time} {name} came to a river without a bridge."],
        ["The water was deep and fast.", "There was no boat and no bridge.", "The bridge was broken."],
        ["{fname}, {friend}, sat on the bank and could not cross it either.", "There {he} met {fname}, {friend}.", "On the bank stood {friend} named {fname}."],
        ['"I have a rope," said {fname}. "And I can climb," said {name}.', '"What shall we do?" asked {fname}.', "They sat down and thought."],
        ["Together they rolled a big log to the water.", "They built a raft from wood and {a_colour} {thing}.", "They laid stone after stone into the water."],
        ["It took all day, but then they were across.", "Slowly, step by step, they went over.", "They nearly fell in, but they held on to each other."],
        ["On the other side they ate {food} and laughed.", "Since then everyone uses their bridge.", '"Alone I would still be sitting there," said {fname}.'],
    ],
    "gift": [
        ["It was the birthday of {fname} {thefriend}.", "{time} {fname} {thefriend} was ill and had to stay in bed.", "Soon it would be the birthday of {fname}, {friend}."],
        ["{name} wanted to bring a gift, but {he} had no money.", '"What can I give?" thought {name}.', "{name} looked in every shop, but everything cost too much."],
        ["{He} went into the wood and thought about it.", "{He} asked everyone, but nobody knew.", "{He} sat down and thought until evening."],
        ["Then {he} took wood and a knife and made a {thing}.", "Then {he} painted an old {thing} {colour}.", "So {he} baked a cake with {food}."],
        ["{He} worked all night.", "It was not perfect, but it was made with love.", "It was a little crooked, but {name} was proud."],
        ['"This is the best gift of all!" said {fname}.', "{fname} laughed and could not stop looking at it.", '"You made it yourself?" asked {fname}.'],
        ["They ate {food2} and sang until late.", "The {thing} still stands in the window today.", "{name} went home happy."],
    ],
}
ENDINGS = ["The end.", "And they lived happily.", "", "", ""]


def hero(rng):
    """(pronoun, name, kind, trait) of somebody who can be in a story."""
    pronoun = rng.choice(("he", "she"))
    kind = rng.choice(ANIMALS) if rng.random() < 0.65 else rng.choice(PEOPLE[pronoun])
    return pronoun, rng.choice(NAMES[pronoun]), kind, rng.choice(TRAITS)


def slots(rng):
    """What a story's sentences are filled with."""
    pronoun, name, kind, trait = hero(rng)
    _, fname, fkind, ftrait = hero(rng)
    while fname == name or fkind == kind:
        _, fname, fkind, ftrait = hero(rng)
    words = {"he": "he", "him": "him", "his": "his"} if pronoun == "he" else {"he": "she", "him": "her", "his": "her"}
    words.update(He=words["he"].capitalize(), His=words["his"].capitalize())
    adjective = "" if kind.startswith("old") else trait + " "
    words.update(name=name, kind=kind, hero=a(adjective + kind), fname=fname, fkind=fkind)
    words.update(friend=a(fkind if fkind.startswith("old") else f"{ftrait} {fkind}"), thefriend="the " + fkind)
    words.update(friend_cap=a(fkind).capitalize(), place=rng.choice(PLACES), thing=rng.choice(THINGS))
    words.update(weather=rng.choice(WEATHERS), time=rng.choice(TIMES))
    words["colour"] = rng.choice(COLOURS)
    words["a_colour"] = a(words["colour"])
    words["food"], words["food2"] = rng.sample(FOODS, 2)
    words["food2place"] = rng.choice(("the kitchen", "the garden", "an old tree", "the barn", "a basket of " + words["food2"]))
    return words


def story(rng, short=False, moral=None):
    """A story as (words, plot, text); `moral=None` leaves it to chance whether a lesson closes it."""
    words = slots(rng)
    plot = rng.choice(sorted(PLOTS))
    beats = [rng.choice(beat) for beat in PLOTS[plot]]
    if short:
        beats = [beats[i] for i in (0, 1, 3, 5)] if rng.random() < 0.5 else [beats[i] for i in (0, 2, 4, 5, 6)]
    paragraphs = [[rng.choice(OPENINGS), rng.choice(WEATHER)], beats[:3], beats[3:]]
    closing = rng.choice(ENDINGS)
    if moral or (moral is None and rng.random() < 0.3):
        closing = rng.choice(("The lesson is: ", "The moral of the story is: ", "")) + rng.choice(MORALS[plot])
    paragraphs[2].append(closing)
    texts = [" ".join(s for s in part if s).format(**words) for part in paragraphs]
    return words, plot, (" " if short else rng.choice(("\n\n", "\n\n", " "))).join(texts)
