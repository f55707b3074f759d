"""Word lists that the story and question generators draw from. All written for this project."""

ANIMALS = (
    "fox|rabbit|bear|mouse|hedgehog|owl|squirrel|badger|frog|duck|goose|cat|dog|pony|donkey|goat|lamb|hen|crow|"
    "sparrow|otter|beaver|turtle|snail|deer|wolf|hare|mole|swan|heron|seal|penguin"
).split("|")
PEOPLE = {
    "he": "boy|farmer|baker|fisherman|old sailor|king|miller|tailor|shepherd|gardener|painter|postman|woodcutter|clockmaker",
    "she": "girl|queen|baker|weaver|gardener|teacher|doctor|fisherwoman|old woman|princess|painter|potter|beekeeper|librarian",
}
PEOPLE = {pronoun: names.split("|") for pronoun, names in PEOPLE.items()}
NAMES = {
    "he": (
        "Tom|Ben|Otto|Finn|Leo|Max|Sam|Oscar|Hugo|Jack|Milo|Noah|Theo|Emil|Felix|Anton|Jonas|Peter|Karl|Ravi|José|"
        "Omar|Ivan|Kofi|Jürgen|Pip|Bruno|Rusty|Toby|Barnaby"
    ).split("|"),
    "she": (
        "Anna|Mia|Lily|Rosa|Nora|Ella|Ida|Clara|Ruby|Daisy|Hazel|Molly|Zoë|Lena|Greta|Maya|Amina|Yuki|Freya|Olive|"
        "Alice|Sofia|Tilda|Nina|Willow|Chloé|Penny|Dora|Fern|Hattie"
    ).split("|"),
}
TRAITS = (
    "little|small|young|clever|shy|brave|kind|curious|quiet|cheerful|lazy|proud|gentle|hungry|patient|busy|lonely|"
    "old|careful|merry"
).split("|")
PLACES = (
    "in a deep forest|by the sea|near a wide river|in a small village|on a green hill|at the edge of a meadow|"
    "in an old mill|on a windy island|in a snowy valley|beside a quiet lake|under a tall oak tree|"
    "in a busy town|at the foot of a mountain|in a garden full of roses|near an old stone bridge|"
    "on a farm|in a little red house|in a castle on a rock|beside a dusty road|in a lighthouse"
).split("|")
THINGS = (
    "lantern|key|kite|boat|bell|basket|blanket|map|mirror|drum|ladder|clock|button|ring|book|hat|coat|whistle|"
    "teapot|rope|wheel|pillow|spoon|candle|broom|flute|scarf|jar|box|umbrella|violin|shovel|pebble|feather|coin"
).split("|")
COLOURS = "red|blue|green|yellow|white|black|brown|golden|silver|grey|purple|orange".split("|")
FOODS = (
    "apples|bread|soup|honey|berries|cheese|pancakes|nuts|pears|cake|porridge|carrots|plums|biscuits|corn|cherries"
).split("|")
WEATHERS = (
    "The sun was warm and bright|A cold wind was blowing|It had rained all night|Snow lay on the ground|"
    "The sky was clear and blue|Thick fog covered the fields|It was a hot day|The leaves were turning red|"
    "The first flowers had opened|Grey clouds hung low"
).split("|")
TIMES = (
    "One morning|One day|One evening|One summer day|One winter night|One spring morning|Early one morning|"
    "Late one afternoon|One autumn day|On a Sunday"
).split("|")
OPPOSITES = (
    "hot cold|big small|tall short|fast slow|happy sad|early late|open closed|light dark|heavy light|hard soft|"
    "old young|rich poor|loud quiet|full empty|wet dry|clean dirty|near far|high low|strong weak|wide narrow|"
    "thick thin|sweet sour|brave afraid|kind cruel|first last|up down|left right|in out|on off|day night|"
    "summer winter|north south|east west|begin end|give take|buy sell|push pull|laugh cry|win lose|remember forget|"
    "arrive leave|asleep awake|alive dead|always never|love hate|friend enemy|true false|question answer|"
    "smooth rough|sharp blunt|deep shallow|cheap expensive|easy difficult|simple complicated|safe dangerous|"
    "polite rude|honest dishonest|lazy busy|inside outside|above below|before after|front back|top bottom"
).split("|")
ANIMAL_FACTS = {
    # animal: (sound, baby, home, food, legs)
    "dog": ("barks", "puppy", "a kennel", "meat", 4), "cat": ("meows", "kitten", "a house", "mice and fish", 4),
    "cow": ("moos", "calf", "a barn", "grass", 4), "sheep": ("bleats", "lamb", "a fold", "grass", 4),
    "horse": ("neighs", "foal", "a stable", "hay and oats", 4), "pig": ("grunts", "piglet", "a sty", "roots and grain", 4),
    "duck": ("quacks", "duckling", "a pond", "plants and insects", 2), "hen": ("clucks", "chick", "a coop", "grain", 2),
    "lion": ("roars", "cub", "a den", "meat", 4), "frog": ("croaks", "tadpole", "a pond", "insects", 4),
    "owl": ("hoots", "owlet", "a hollow tree", "mice", 2), "bee": ("buzzes", "larva", "a hive", "nectar", 6),
    "wolf": ("howls", "pup", "a den", "meat", 4), "goat": ("bleats", "kid", "a pen", "leaves and grass", 4),
    "bear": ("growls", "cub", "a den", "berries and fish", 4), "fox": ("yelps", "cub", "a den", "mice and berries", 4),
    "rabbit": ("squeaks", "kit", "a burrow", "grass and carrots", 4), "spider": ("is silent", "spiderling", "a web", "insects", 8),
    "swan": ("hisses", "cygnet", "a lake", "water plants", 2), "goose": ("honks", "gosling", "a meadow", "grass", 2),
    "deer": ("grunts", "fawn", "a forest", "leaves", 4), "ant": ("is silent", "larva", "a nest", "seeds and crumbs", 6),
    "elephant": ("trumpets", "calf", "the savanna", "leaves and grass", 4), "crow": ("caws", "chick", "a nest", "seeds and worms", 2),
    "mouse": ("squeaks", "pup", "a hole", "seeds and cheese", 4), "donkey": ("brays", "foal", "a stable", "hay", 4),
    "seal": ("barks", "pup", "the sea", "fish", 0), "fish": ("is silent", "fry", "the water", "plants and small animals", 0),
}
COLOUR_OF = (
    "grass:green|the sky on a clear day:blue|snow:white|a ripe banana:yellow|coal:black|a ripe tomato:red|"
    "a carrot:orange|milk:white|an emerald:green|a lemon:yellow|blood:red|a raven:black|chocolate:brown|"
    "a sunflower:yellow|a cloud on a sunny day:white|a plum:purple|gold:yellow|a leaf in spring:green|soot:black|"
    "a fire engine:red|a flamingo:pink|a polar bear:white|a ripe strawberry:red|the sea on a sunny day:blue"
).split("|")
CAPITALS = (
    "France:Paris|Germany:Berlin|Italy:Rome|Spain:Madrid|Portugal:Lisbon|England:London|Ireland:Dublin|Scotland:Edinburgh|"
    "Norway:Oslo|Sweden:Stockholm|Denmark:Copenhagen|Finland:Helsinki|Poland:Warsaw|Austria:Vienna|Hungary:Budapest|"
    "Greece:Athens|Turkey:Ankara|Egypt:Cairo|Kenya:Nairobi|India:New Delhi|China:Beijing|Japan:Tokyo|Australia:Canberra|"
    "Canada:Ottawa|Mexico:Mexico City|Brazil:Brasília|Argentina:Buenos Aires|Peru:Lima|Chile:Santiago|Cuba:Havana|"
    "Russia:Moscow|Switzerland:Bern|Belgium:Brussels|Iceland:Reykjavík|Thailand:Bangkok|Vietnam:Hanoi|Iran:Tehran|"
    "the Netherlands:Amsterdam|the United States:Washington|New Zealand:Wellington"
).split("|")
CATEGORIES = {
    "fruits": "apples|pears|plums|bananas|cherries|oranges|grapes|peaches|lemons|strawberries",
    "vegetables": "carrots|potatoes|onions|peas|beans|cabbages|tomatoes|leeks|beets|pumpkins",
    "farm animals": "cows|sheep|pigs|hens|goats|horses|ducks|geese|donkeys",
    "wild animals": "wolves|bears|foxes|deer|lions|tigers|elephants|badgers|hares|otters",
    "birds": "owls|crows|sparrows|swans|ducks|eagles|robins|herons|gulls|geese",
    "colours": "red|blue|green|yellow|white|black|brown|purple|orange|grey",
    "tools": "a hammer|a saw|a shovel|a rake|a drill|a wrench|a broom|an axe|a ladder",
    "musical instruments": "a violin|a drum|a flute|a piano|a trumpet|a guitar|a harp|a cello",
    "kinds of weather": "rain|snow|fog|wind|sunshine|hail|thunder",
    "things in a kitchen": "a pot|a pan|a spoon|a kettle|a cup|a plate|an oven|a knife|a bowl",
    "things that can fly": "birds|bees|butterflies|bats|kites|aeroplanes|balloons|owls",
    "clothes": "a hat|a coat|a scarf|a shirt|a sock|a glove|a dress|a shoe|a belt",
    "trees": "oak|pine|birch|willow|maple|beech|elm|ash|apple",
    "parts of the body": "the hand|the foot|the head|the arm|the knee|the nose|the ear|the shoulder|the elbow",
    "jobs": "a teacher|a doctor|a baker|a farmer|a nurse|a sailor|a carpenter|a painter|a cook",
}
CATEGORIES = {name: members.split("|") for name, members in CATEGORIES.items()}
SIZES = "an ant|a bee|a mouse|a frog|a rabbit|a cat|a fox|a dog|a sheep|a pony|a horse|an elephant|a whale".split("|")
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday".split("|")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December".split("|")
NUMBERS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty"
).split("|")


def a(noun):
    """The noun with its indefinite article."""
    return ("an " if noun[0] in "aeiou" else "a ") + noun
