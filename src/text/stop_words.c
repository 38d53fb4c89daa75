/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/phrases.h"

/* Folded, sorted by bytes. */
static const char *const en[] = {
	"a",         "about",    "above",     "after",   "again",      "against",   "all",
	"also",      "always",   "am",        "an",      "and",        "another",   "any",
	"anything",  "are",      "aren't",    "as",      "at",         "be",        "because",
	"been",      "before",   "behind",    "being",   "below",      "between",   "bit",
	"both",      "but",      "by",        "can",     "can't",      "cannot",    "cant",
	"could",     "couldn't", "did",       "didn't",  "didnt",      "do",        "does",
	"doesn't",   "doesnt",   "doing",     "don't",   "done",       "dont",      "down",
	"due",       "during",   "each",      "etc",     "even",       "ever",      "everything",
	"few",       "for",      "from",      "further", "get",        "gets",      "getting",
	"go",        "goes",     "going",     "got",     "had",        "hadn't",    "has",
	"hasn't",    "have",     "haven't",   "having",  "he",         "her",       "here",
	"hers",      "herself",  "him",       "himself", "his",        "how",       "i",
	"i'd",       "i'll",     "i'm",       "i've",    "if",         "im",        "in",
	"into",      "is",       "isn't",     "isnt",    "it",         "it's",      "its",
	"itself",    "ive",      "just",      "let",     "lot",        "lots",      "made",
	"make",      "makes",    "many",      "may",     "me",         "might",     "mine",
	"more",      "most",     "much",      "must",    "my",         "myself",    "never",
	"no",        "nor",      "not",       "nothing", "of",         "off",       "on",
	"one",       "only",     "onto",      "or",      "other",      "our",       "ours",
	"ourselves", "out",      "over",      "own",     "per",        "quite",     "rather",
	"really",    "same",     "shall",     "she",     "should",     "shouldn't", "since",
	"so",        "some",     "something", "still",   "such",       "than",      "that",
	"the",       "their",    "theirs",    "them",    "themselves", "then",      "there",
	"these",     "they",     "they're",   "thing",   "things",     "this",      "those",
	"through",   "to",       "too",       "two",     "under",      "until",     "up",
	"upon",      "us",       "very",      "was",     "wasn't",     "wasnt",     "way",
	"we",        "we're",    "we've",     "well",    "went",       "were",      "weren't",
	"what",      "when",     "where",     "which",   "while",      "who",       "whom",
	"whose",     "why",      "will",      "with",    "within",     "without",   "won't",
	"wont",      "would",    "wouldn't",  "yet",     "you",        "you're",    "your",
	"yours",     "yourself",
};
static const char *const de[] = {
	"aber",    "alle",    "allem",    "allen",  "alles",  "als",    "am",       "an",
	"andere",  "anderen", "auch",     "auf",    "aus",    "bei",    "beim",     "bin",
	"bis",     "bist",    "da",       "dabei",  "damit",  "dann",   "daran",    "darauf",
	"darüber", "das",     "dass",     "davon",  "dazu",   "daß",    "dein",     "deine",
	"dem",     "den",     "denn",     "der",    "des",    "dich",   "die",      "dies",
	"diese",   "diesem",  "diesen",   "dieser", "dieses", "dir",    "doch",     "dort",
	"du",      "durch",   "eben",     "ein",    "eine",   "einem",  "einen",    "einer",
	"eines",   "einige",  "er",       "es",     "etwas",  "für",    "ganz",     "gegen",
	"geht",    "gemacht", "gewesen",  "gibt",   "habe",   "haben",  "halt",     "hat",
	"hatte",   "hatten",  "her",      "hier",   "hin",    "hätte",  "hätten",   "ich",
	"ihm",     "ihn",     "ihr",      "ihre",   "ihrem",  "ihren",  "im",       "immer",
	"in",      "ins",     "ist",      "ja",     "jede",   "jeder",  "jedes",    "jene",
	"kann",    "kein",    "keine",    "keinen", "konnte", "können", "könnte",   "machen",
	"macht",   "mal",     "man",      "mehr",   "mein",   "meine",  "meinem",   "meinen",
	"meiner",  "meist",   "mich",     "mir",    "mit",    "muss",   "musste",   "müssen",
	"müsste",  "nach",    "nein",     "nicht",  "nichts", "nie",    "noch",     "nur",
	"ob",      "oder",    "ohne",     "recht",  "schon",  "sehr",   "seid",     "sein",
	"seine",   "seinen",  "sich",     "sie",    "sind",   "so",     "sodass",   "soll",
	"sollte",  "sollten", "um",       "und",    "uns",    "unser",  "unsere",   "unseren",
	"unter",   "viele",   "vom",      "von",    "vor",    "wann",   "war",      "waren",
	"warum",   "was",     "wegen",    "weil",   "welche", "wenn",   "wer",      "werden",
	"wie",     "wieder",  "will",     "wir",    "wird",   "wo",     "wollen",   "wollte",
	"wurde",   "wurden",  "während",  "wäre",   "würde",  "würden", "ziemlich", "zu",
	"zum",     "zur",     "zwischen", "über",
};
static const char *const fr[] = {
	"a",      "ai",        "alors",  "après",   "as",       "assez",   "au",       "aucun",
	"aucune", "aura",      "aurait", "aussi",   "autre",    "autres",  "aux",      "avaient",
	"avait",  "avant",     "avec",   "avez",    "avoir",    "avons",   "beaucoup", "bien",
	"c",      "car",       "ce",     "cela",    "ces",      "cet",     "cette",    "chaque",
	"chez",   "chose",     "choses", "comment", "contre",   "d",       "dans",     "de",
	"depuis", "des",       "doit",   "doivent", "donc",     "dont",    "du",       "déjà",
	"elle",   "elles",     "en",     "encore",  "entre",    "es",      "est",      "et",
	"eu",     "faire",     "fais",   "fait",    "faut",     "fut",     "ici",      "il",
	"ils",    "j",         "jamais", "je",      "l",        "la",      "le",       "les",
	"leur",   "leurs",     "lors",   "lui",     "là",       "m",       "ma",       "mais",
	"me",     "mes",       "moi",    "moins",   "mon",      "même",    "n",        "ne",
	"ni",     "non",       "nos",    "notre",   "nous",     "on",      "ont",      "ou",
	"où",     "par",       "parce",  "pas",     "pendant",  "peu",     "peut",     "peuvent",
	"plus",   "plusieurs", "point",  "pour",    "pourquoi", "pouvoir", "pu",       "puis",
	"qu",     "quand",     "que",    "quel",    "quelle",   "quelles", "quelques", "quels",
	"qui",    "quoi",      "rien",   "s",       "sa",       "sans",    "se",       "sera",
	"serait", "seront",    "ses",    "si",      "soi",      "sommes",  "son",      "sont",
	"sous",   "suis",      "sur",    "t",       "ta",       "te",      "tes",      "toi",
	"ton",    "toujours",  "tous",   "tout",    "toute",    "toutes",  "trop",     "très",
	"tu",     "un",        "une",    "va",      "vers",     "vont",    "vos",      "votre",
	"vous",   "y",         "à",      "ça",      "étaient",  "étais",   "était",    "été",
	"êtes",   "être",
};
static const char *const es[] = {
	"a",        "al",      "alguna",  "algunos", "algún",    "allí",    "aquel",    "aquella",
	"aquí",     "así",     "aún",     "cada",    "como",     "con",     "contra",   "cosa",
	"cosas",    "cual",    "cuando",  "cuál",    "cuándo",   "cómo",    "de",       "debe",
	"deben",    "del",     "desde",   "donde",   "durante",  "dónde",   "e",        "el",
	"ella",     "ellas",   "ellos",   "en",      "entonces", "entre",   "era",      "eran",
	"eres",     "es",      "esa",     "esas",    "ese",      "eso",     "esos",     "esta",
	"estaba",   "estado",  "estar",   "estas",   "este",     "esto",    "estos",    "estoy",
	"está",     "están",   "fue",     "fueron",  "ha",       "haber",   "había",    "hace",
	"hacen",    "hacer",   "hacia",   "han",     "hasta",    "hay",     "he",       "hecho",
	"hubo",     "ir",      "la",      "las",     "le",       "les",     "lo",       "los",
	"me",       "menos",   "mi",      "mis",     "misma",    "mismo",   "mucha",    "muchas",
	"mucho",    "muchos",  "muy",     "más",     "mí",       "mío",     "nada",     "ni",
	"ninguna",  "ningún",  "no",      "nos",     "nosotros", "nuestra", "nuestras", "nuestro",
	"nuestros", "nunca",   "o",       "otra",    "otras",    "otro",    "otros",    "para",
	"pero",     "poco",    "poder",   "por",     "porque",   "puede",   "pueden",   "pues",
	"que",      "quien",   "quién",   "qué",     "se",       "según",   "ser",      "sería",
	"si",       "sido",    "siempre", "sin",     "sobre",    "solo",    "somos",    "son",
	"soy",      "su",      "sus",     "sólo",    "también",  "te",      "tener",    "tengo",
	"tenía",    "ti",      "tiene",   "tienen",  "toda",     "todas",   "todo",     "todos",
	"tu",       "tus",     "tú",      "u",       "un",       "una",     "unas",     "unos",
	"usted",    "ustedes", "va",      "van",     "varios",   "y",       "ya",       "yo",
	"él",
};
static const char *const it[] = {
	"a",       "abbiamo", "ad",     "agli",   "ai",     "al",      "alcune", "alcuni",
	"alla",    "alle",    "allo",   "allora", "altra",  "altre",   "altri",  "altro",
	"anche",   "ancora",  "avere",  "avete",  "aveva",  "avevano", "avuto",  "c'è",
	"che",     "chi",     "ci",     "come",   "con",    "cosa",    "cose",   "così",
	"cui",     "da",      "dai",    "dal",    "dalla",  "degli",   "dei",    "del",
	"della",   "delle",   "dello",  "deve",   "devono", "di",      "dove",   "durante",
	"e",       "ed",      "era",    "erano",  "essere", "fa",      "fanno",  "fare",
	"fatto",   "fra",     "fu",     "già",    "gli",    "ha",      "hai",    "hanno",
	"ho",      "i",       "il",     "in",     "io",     "l",       "la",     "le",
	"lei",     "lo",      "loro",   "lui",    "lì",     "ma",      "mai",    "me",
	"meno",    "mi",      "mia",    "mie",    "miei",   "mio",     "molta",  "molte",
	"molti",   "molto",   "ne",     "nei",    "nel",    "nella",   "nelle",  "nessun",
	"nessuna", "niente",  "noi",    "non",    "nostra", "nostri",  "nostro", "nulla",
	"né",      "o",       "ogni",   "per",    "perché", "più",     "poco",   "poi",
	"possono", "potere",  "può",    "quale",  "quali",  "quando",  "quella", "quelle",
	"quelli",  "quello",  "questa", "queste", "questi", "questo",  "qui",    "quindi",
	"sarebbe", "sarà",    "se",     "sei",    "sempre", "senza",   "si",     "siamo",
	"siete",   "solo",    "sono",   "sopra",  "sotto",  "stata",   "stati",  "stato",
	"stessa",  "stesso",  "su",     "sua",    "sue",    "sul",     "sulla",  "suo",
	"suoi",    "te",      "ti",     "tra",    "troppo", "tu",      "tua",    "tuo",
	"tutta",   "tutte",   "tutti",  "tutto",  "un",     "una",     "uno",    "va",
	"vanno",   "vi",      "voi",    "vostro", "è",
};
static const char *const pt[] = {
	"a",      "ainda",   "algum",  "alguma",  "algumas", "alguns", "ali",   "ao",     "aos",
	"aquela", "aquele",  "aqui",   "aquilo",  "as",      "assim",  "até",   "cada",   "coisa",
	"coisas", "com",     "como",   "contra",  "da",      "das",    "de",    "desde",  "deve",
	"devem",  "do",      "dos",    "durante", "e",       "ela",    "elas",  "ele",    "eles",
	"em",     "entre",   "então",  "era",     "eram",    "essa",   "essas", "esse",   "esses",
	"esta",   "estar",   "estas",  "estava",  "este",    "estes",  "estou", "está",   "estão",
	"eu",     "faz",     "fazem",  "fazer",   "feito",   "foi",    "foram", "haver",  "houve",
	"há",     "ir",      "isso",   "isto",    "já",      "lhe",    "lhes",  "mais",   "mas",
	"me",     "menos",   "mesma",  "mesmo",   "meu",     "meus",   "mim",   "minha",  "minhas",
	"muita",  "muitas",  "muito",  "muitos",  "na",      "nada",   "nao",   "nas",    "nem",
	"nenhum", "nenhuma", "no",     "nos",     "nossa",   "nossas", "nosso", "nossos", "num",
	"numa",   "nunca",   "não",    "nós",     "o",       "onde",   "os",    "ou",     "outra",
	"outras", "outro",   "outros", "para",    "pela",    "pelas",  "pelo",  "pelos",  "pode",
	"podem",  "poder",   "pois",   "por",     "porque",  "porquê", "pouco", "pra",    "quais",
	"qual",   "quando",  "que",    "quem",    "quê",     "se",     "sem",   "sempre", "ser",
	"seria",  "seu",     "seus",   "sido",    "sobre",   "somos",  "sou",   "sua",    "suas",
	"são",    "só",      "também", "te",      "tem",     "temos",  "tenho", "ter",    "teu",
	"ti",     "tido",    "tinha",  "toda",    "todas",   "todo",   "todos", "tu",     "tua",
	"tudo",   "têm",     "um",     "uma",     "umas",    "uns",    "vai",   "você",   "vocês",
	"vários", "vão",     "à",      "às",      "é",
};
static const char *const nl[] = {
	"aan",     "al",     "alle",   "alleen", "alles",   "als",     "altijd", "andere",
	"anderen", "ben",    "bent",   "bij",    "daar",    "dan",     "dat",    "de",
	"deze",    "die",    "ding",   "dingen", "dit",     "doen",    "doet",   "door",
	"een",     "elk",    "elke",   "en",     "enkele",  "er",      "erg",    "even",
	"gaan",    "gaat",   "gedaan", "geen",   "gemaakt", "geweest", "ging",   "haar",
	"had",     "hadden", "heb",    "hebben", "heeft",   "heel",    "hem",    "het",
	"hier",    "hij",    "hoe",    "hun",    "iets",    "ik",      "in",     "is",
	"ja",      "je",     "jij",    "jou",    "jouw",    "kan",     "kon",    "konden",
	"kunnen",  "maar",   "maken",  "me",     "meer",    "meest",   "men",    "met",
	"mij",     "mijn",   "moest",  "moet",   "moeten",  "na",      "naar",   "nee",
	"niet",    "niets",  "nog",    "nooit",  "of",      "om",      "omdat",  "onder",
	"ons",     "onze",   "ook",    "op",     "over",    "te",      "tegen",  "tijdens",
	"toch",    "tot",    "tussen", "u",      "uit",     "uw",      "van",    "vanaf",
	"veel",    "voor",   "waar",   "waarom", "wanneer", "want",    "waren",  "was",
	"wat",     "we",     "weer",   "wel",    "welke",   "werd",    "werden", "wie",
	"wij",     "wil",    "wilde",  "willen", "worden",  "wordt",   "zal",    "ze",
	"zeer",    "zelfde", "zich",   "zij",    "zijn",    "zo",      "zonder", "zou",
	"zouden",  "zullen",
};
static const char *const da[] = {
	"af",      "alle",    "alt",     "andre", "at",     "blev",  "bliver", "de",    "den",
	"der",     "deres",   "det",     "dig",   "din",    "du",    "efter",  "eller", "en",
	"endnu",   "er",      "et",      "for",   "fra",    "gjort", "gør",    "ham",   "han",
	"har",     "havde",   "hende",   "hun",   "hvad",   "hvem",  "hver",   "hvis",  "hvor",
	"hvordan", "hvorfor", "hvornår", "i",     "ikke",   "ingen", "jeg",    "kan",   "kun",
	"kunne",   "man",     "med",     "meget", "mellem", "men",   "mere",   "mig",   "min",
	"mine",    "mit",     "må",      "og",    "også",   "om",    "os",     "på",    "sig",
	"skal",    "skulle",  "som",     "så",    "til",    "uden",  "under",  "var",   "ved",
	"vi",      "vil",     "ville",   "vores", "været",
};
static const char *const sv[] = {
	"alla",  "allt",  "andra", "att",    "av",    "bara",   "blev",  "blir", "de",     "den",
	"deras", "det",   "dig",   "din",    "du",    "efter",  "eller", "en",   "ett",    "från",
	"för",   "gjort", "gör",   "hade",   "han",   "har",    "henne", "hon",  "honom",  "hur",
	"i",     "ingen", "inte",  "jag",    "kan",   "kunde",  "man",   "med",  "mellan", "men",
	"mer",   "mig",   "min",   "mina",   "mitt",  "mycket", "måste", "när",  "och",    "också",
	"om",    "oss",   "på",    "sig",    "ska",   "skulle", "som",   "så",   "till",   "under",
	"utan",  "vad",   "var",   "varför", "varit", "varje",  "vem",   "vi",   "vid",    "vill",
	"ville", "vår",   "vårt",  "ännu",   "är",
};
static const char *const no[] = {
	"alle",  "alt",   "andre", "at",     "av",   "bare",  "ble",     "blir",    "de",   "deg",
	"den",   "deres", "det",   "din",    "du",   "eller", "en",      "ennå",    "er",   "et",
	"etter", "for",   "fra",   "gjort",  "gjør", "hadde", "ham",     "han",     "har",  "henne",
	"hun",   "hva",   "hvem",  "hver",   "hvis", "hvor",  "hvordan", "hvorfor", "i",    "ikke",
	"ingen", "jeg",   "kan",   "kunne",  "man",  "med",   "meg",     "mellom",  "men",  "mer",
	"min",   "mine",  "mitt",  "mye",    "må",   "når",   "og",      "også",    "om",   "oss",
	"på",    "seg",   "skal",  "skulle", "som",  "så",    "til",     "under",   "uten", "var",
	"ved",   "vi",    "vil",   "ville",  "vår",  "vært",
};
static const char *const ru[] = {
	"а",    "без",   "будет",  "будто", "бы",     "был",    "была",   "были",   "было",
	"быть", "в",     "вам",    "вас",   "вдруг",  "ведь",   "во",     "вот",    "все",
	"всех", "вы",    "где",    "да",    "даже",   "для",    "до",     "его",    "ее",
	"ей",   "ему",   "если",   "есть",  "еще",    "же",     "за",     "зачем",  "здесь",
	"и",    "из",    "или",    "их",    "к",      "как",    "какой",  "когда",  "кто",
	"куда", "ли",    "меня",   "мне",   "может",  "мой",    "мы",     "на",     "надо",
	"не",   "него",  "нее",    "ней",   "нет",    "ни",     "нибудь", "ним",    "ничего",
	"но",   "ну",    "о",      "об",    "один",   "он",     "она",    "они",    "опять",
	"от",   "очень", "по",     "под",   "потом",  "потому", "почти",  "при",    "раз",
	"с",    "сам",   "себе",   "себя",  "сейчас", "со",     "совсем", "так",    "там",
	"тебя", "тем",   "теперь", "то",    "тогда",  "того",   "тоже",   "только", "тут",
	"ты",   "у",     "уж",     "уже",   "чего",   "чем",    "что",    "чтоб",   "чтобы",
	"эта",  "эти",   "это",    "этого", "этом",   "этот",   "я",
};
static const char *const pl[] = {
	"a",    "ale", "bardzo", "bez",   "być",  "był", "była",  "było", "co",    "czy",   "dla",
	"do",   "i",   "ich",    "jak",   "jego", "jej", "jest",  "już",  "która", "które", "który",
	"ma",   "mam", "mnie",   "może",  "na",   "nad", "nam",   "nas",  "nie",   "o",     "od",
	"oraz", "po",  "pod",    "przez", "przy", "się", "sobie", "są",   "ta",    "tak",   "te",
	"ten",  "też", "to",     "tylko", "w",    "wam", "was",   "z",    "za",    "że",
};
static const char *const tr[] = {
	"ama", "ben",  "bir",   "biz", "bu", "da", "daha", "de",  "en",   "gibi",   "her",
	"ile", "için", "kadar", "ki",  "mi", "mı", "ne",   "o",   "olan", "olarak", "onlar",
	"sen", "siz",  "sonra", "var", "ve", "ya", "yok",  "çok", "şey",
};
static const char *const cs[] = {
	"a",     "ale",  "by",   "byl",  "byla",  "bylo", "být",  "co",   "do",   "i",     "jako",
	"je",    "jeho", "její", "jen",  "ještě", "jsem", "jsme", "jsou", "jste", "která", "které",
	"který", "můj",  "na",   "nebo", "o",     "od",   "po",   "pro",  "při",  "s",     "se",
	"ta",    "tak",  "ten",  "to",   "ty",    "už",   "v",    "z",    "za",   "že",
};
static const char *const fi[] = {
	"ei",   "en",  "että", "he",   "hyvin", "hän",  "ja",   "joka", "jos",  "kaikki",
	"kuin", "kun", "me",   "minä", "mutta", "myös", "niin", "ole",  "olen", "oli",
	"olla", "on",  "ovat", "se",   "sinä",  "tai",  "te",   "tämä", "vain",
};

#define STOPS(list)                                    \
	{                                              \
		(list), sizeof(list) / sizeof(list)[0] \
	}
static const struct {
	const char *const *words;
	size_t count;
} stops[TONGUE_COUNT] = {
	[TONGUE_EN] = STOPS(en), [TONGUE_DE] = STOPS(de), [TONGUE_FR] = STOPS(fr),
	[TONGUE_ES] = STOPS(es), [TONGUE_IT] = STOPS(it), [TONGUE_PT] = STOPS(pt),
	[TONGUE_NL] = STOPS(nl), [TONGUE_DA] = STOPS(da), [TONGUE_SV] = STOPS(sv),
	[TONGUE_NO] = STOPS(no), [TONGUE_RU] = STOPS(ru), [TONGUE_PL] = STOPS(pl),
	[TONGUE_TR] = STOPS(tr), [TONGUE_CS] = STOPS(cs), [TONGUE_FI] = STOPS(fi),
};
#undef STOPS

bool stop_word(enum tongue t, Str folded)
{
	size_t low = 0, high = stops[t].count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(str_of(stops[t].words[middle]), folded);
		if (order == 0)
			return true;
		*(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
	}
	return false;
}
