/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What words do to what stands around them, by language; each list in the order of its bytes, for it is halved in search. */
#include "text/tongue.h"

#define C TONGUE_CONTRASTS
#define N TONGUE_NEGATES
#define J TONGUE_JOINS
#define P TONGUE_COMPLETES

struct row {
	const char *word;
	unsigned roles;
};

static const struct row en[] = {
	{ "ain't", N },    { "aint", N },     { "although", C }, { "and", J },
	{ "aren't", N },   { "arent", N },    { "barely", N },   { "but", C },
	{ "can't", N },    { "cannot", N },   { "cant", N },     { "couldn't", N },
	{ "couldnt", N },  { "despite", C },  { "didn't", N },   { "didnt", N },
	{ "doesn't", N },  { "doesnt", N },   { "don't", N },    { "dont", N },
	{ "except", C },   { "hadn't", N },   { "hadnt", N },    { "hardly", N },
	{ "hasn't", N },   { "hasnt", N },    { "haven't", N },  { "havent", N },
	{ "however", C },  { "isn't", N },    { "isnt", N },     { "lack", N },
	{ "lacking", N },  { "lacks", N },    { "n", J },        { "neither", N },
	{ "never", N },    { "no", N },       { "nobody", N },   { "none", N },
	{ "nope", N },     { "nor", N },      { "not", N },      { "nothing", N },
	{ "nowhere", N },  { "only", C },     { "plus", J },     { "rarely", N },
	{ "sadly", C },    { "scarcely", N }, { "seldom", N },   { "shouldn't", N },
	{ "shouldnt", N }, { "still", C },    { "though", C },   { "unfortunately", C },
	{ "unless", C },   { "wasn't", N },   { "wasnt", N },    { "weren't", N },
	{ "werent", N },   { "whereas", C },  { "while", C },    { "without", N },
	{ "won't", N },    { "wont", N },     { "wouldn't", N }, { "wouldnt", N },
	{ "yet", C },
};
static const struct row de[] = {
	{ "aber", C },      { "allerdings", C }, { "dennoch", C },   { "doch", C },
	{ "hingegen", C },  { "jedoch", C },     { "kaum", N },      { "kein", N },
	{ "keine", N },     { "keinem", N },     { "keinen", N },    { "keiner", N },
	{ "keinerlei", N }, { "keines", N },     { "leider", C },    { "nein", N },
	{ "nicht", N },     { "nichts", N },     { "nie", N },       { "niemals", N },
	{ "niemand", N },   { "niemandem", N },  { "niemanden", N }, { "nirgends", N },
	{ "nur", C },       { "obwohl", C },     { "ohne", N },      { "sondern", C },
	{ "sowie", J },     { "trotz", C },      { "trotzdem", C },  { "und", J },
	{ "weder", N },
};
static const struct row fr[] = {
	{ "aucun", N },     { "aucune", N },
	{ "cependant", C }, { "et", J },
	{ "guère", N },     { "hormis", C },
	{ "jamais", N },    { "mais", C },
	{ "malgré", C },    { "malheureusement", C },
	{ "n", N },         { "ne", N },
	{ "ni", N },        { "non", N },
	{ "néanmoins", C }, { "pas", N },
	{ "personne", P },  { "plus", P },
	{ "pourtant", C },  { "quoique", C },
	{ "rien", N },      { "sans", N },
	{ "sauf", C },      { "toutefois", C },
};
static const struct row es[] = {
	{ "apenas", N },
	{ "aunque", C },
	{ "desgraciadamente", C },
	{ "e", J },
	{ "embargo", C },
	{ "excepto", C },
	{ "jamás", N },
	{ "lamentablemente", C },
	{ "nada", N },
	{ "nadie", N },
	{ "ni", N },
	{ "ninguna", N },
	{ "ninguno", N },
	{ "ningún", N },
	{ "no", N },
	{ "nunca", N },
	{ "pero", C },
	{ "salvo", C },
	{ "sin", C | N },
	{ "sino", C },
	{ "tampoco", N },
	{ "y", J },
};
static const struct row it[] = {
	{ "anche", C },  { "e", J },          { "ed", J },       { "eppure", C },
	{ "ma", C },     { "mai", N },        { "neanche", N },  { "nemmeno", N },
	{ "nessun", N }, { "nessuna", N },    { "nessuno", N },  { "niente", N },
	{ "non", N },    { "nonostante", C }, { "nulla", N },    { "né", N },
	{ "però", C },   { "purtroppo", C },  { "se", C },       { "sebbene", C },
	{ "senza", N },  { "tranne", C },     { "tuttavia", C },
};
static const struct row pt[] = {
	{ "apesar", C },
	{ "contudo", C },
	{ "e", J },
	{ "embora", C },
	{ "entretanto", C },
	{ "exceto", C },
	{ "infelizmente", C },
	{ "jamais", N },
	{ "mas", C },
	{ "n", N },
	{ "nada", N },
	{ "nao", N },
	{ "nem", N },
	{ "nenhum", N },
	{ "nenhuma", N },
	{ "ninguém", N },
	{ "nunca", N },
	{ "não", N },
	{ "porém", C },
	{ "sem", N },
	{ "só", C },
	{ "tampouco", N },
	{ "todavia", C },
	{ "ñ", N },
};
static const struct row nl[] = {
	{ "alleen", C }, { "alsook", J },  { "behalve", C }, { "echter", C }, { "en", J },
	{ "geen", N },   { "helaas", C },  { "hoewel", C },  { "maar", C },   { "nauwelijks", N },
	{ "nee", N },    { "nergens", N }, { "niemand", N }, { "niet", N },   { "niets", N },
	{ "noch", N },   { "nooit", N },   { "ondanks", C }, { "toch", C },   { "zonder", N },
};
static const struct row da[] = {
	{ "aldrig", N }, { "desværre", C }, { "dog", C }, { "ikke", N },   { "ingen", N },
	{ "intet", N },  { "men", C },      { "og", J },  { "selvom", C }, { "uden", N },
};
static const struct row sv[] = {
	{ "aldrig", N }, { "dock", C },   { "ej", N },    { "fast", C }, { "fastän", C },
	{ "inga", N },   { "ingen", N },  { "inget", N }, { "inte", N }, { "men", C },
	{ "och", J },    { "tyvärr", C }, { "utan", N },
};
static const struct row no[] = {
	{ "aldri", N }, { "dessverre", C }, { "dog", C }, { "ikke", N }, { "ingen", N },
	{ "intet", N }, { "men", C },       { "og", J },  { "selv", C }, { "uten", N },
};
static const struct row fi[] = {
	{ "ei", N },        { "eivät", N }, { "emme", N },   { "en", N },
	{ "et", N },        { "ette", N },  { "ilman", N },  { "ja", J },
	{ "kuitenkin", C }, { "mutta", C }, { "vaikka", C }, { "valitettavasti", C },
};
static const struct row pl[] = {
	{ "ale", C },    { "bez", N },  { "chociaż", C }, { "choć", C },     { "i", J },
	{ "jednak", C }, { "nic", N },  { "nie", N },     { "niestety", C }, { "nigdy", N },
	{ "nikt", N },   { "oraz", J }, { "żaden", N },   { "żadna", N },
};
static const struct row cs[] = {
	{ "a", J },       { "ale", C },  { "ačkoli", C }, { "bez", N },
	{ "bohužel", C }, { "ne", N },   { "nic", N },    { "nikdo", N },
	{ "nikdy", N },   { "však", C }, { "žádná", N },  { "žádný", N },
};
static const struct row tr[] = {
	{ "ama", C }, { "ancak", C },    { "değil", N }, { "fakat", C },
	{ "hiç", N }, { "maalesef", C }, { "ve", J },    { "yok", N },
};
static const struct row ru[] = {
	{ "без", N },    { "зато", C }, { "и", J },       { "не", N },
	{ "нет", N },    { "ни", N },   { "никогда", N }, { "никто", N },
	{ "ничего", N }, { "но", C },   { "однако", C },  { "хотя", C },
};

#define ROWS(list)                                     \
	{                                              \
		(list), sizeof(list) / sizeof(list)[0] \
	}
static const struct {
	const struct row *rows;
	size_t count;
} lists[TONGUE_COUNT] = {
	[TONGUE_EN] = ROWS(en), [TONGUE_DE] = ROWS(de), [TONGUE_FR] = ROWS(fr),
	[TONGUE_ES] = ROWS(es), [TONGUE_IT] = ROWS(it), [TONGUE_PT] = ROWS(pt),
	[TONGUE_NL] = ROWS(nl), [TONGUE_DA] = ROWS(da), [TONGUE_SV] = ROWS(sv),
	[TONGUE_NO] = ROWS(no), [TONGUE_FI] = ROWS(fi), [TONGUE_PL] = ROWS(pl),
	[TONGUE_CS] = ROWS(cs), [TONGUE_TR] = ROWS(tr), [TONGUE_RU] = ROWS(ru),
};
#undef ROWS

unsigned tongue_roles(enum tongue t, Str folded)
{
	size_t low = 0, high = lists[t].count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct row *row = &lists[t].rows[middle];
		int order = str_cmp(str_of(row->word), folded);
		if (order == 0)
			return row->roles;
		*(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
	}
	return 0;
}
