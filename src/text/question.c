/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/question.h"

struct leaning {
	const char *bad, *good; /* beginnings of folded words, between spaces */
	const char *least;      /* turn "like": "what did you like least?" */
};

static const struct leaning leanings[TONGUE_COUNT] = {
	[TONGUE_EN] = { " better improv dislik wrong missing miss chang annoy frustrat disappoint "
	                "problem "
	                "issue difficult bad worst negative complain hate prevent stop holding "
	                "lack fix "
	                "drawback weak con cons pain bother cancel leav unhappy dissatisf less "
	                "instead ",
	                " like liked love loved good great best enjoy well positiv favourit "
	                "favorit value "
	                "valued pleas delight strength pro pros praise satisf happy impress right "
	                "helpful ",
	                " least less " },
	[TONGUE_DE] = { " besser verbesser fehl falsch gestört störend stört ärger problem "
	                "schlecht negativ "
	                "missfall vermiss änder schwierig enttäusch kritik schwäche kündig "
	                "unzufrieden ",
	                " gut gefall gefäll beste besonders positiv lob stärke mag mögen schätz "
	                "freut "
	                "zufrieden begeister liebst ",
	                " wenigsten weniger nicht " },
	[TONGUE_FR] = { " mieux amélior manqu déçu déplu problèm mauvais négatif change changer "
	                "difficil "
	                "gên frustr critiqu faibless pire insatisf déplaî reproch ",
	                " aimé aimez aime plu plaît plait bien bon positif meilleur appréci satisf "
	                "point_fort "
	                "atout ",
	                " moins pas " },
	[TONGUE_ES] = { " mejorar mejoraría mejoras mejora mejor_hacer falta faltó problem malo "
	                "mal negativ "
	                "disgust cambi difícil molest decepcion peor queja critic insatisf ",
	                " gust gustó bueno bien positiv encant valor mejor satisf destac disfrut ",
	                " menos no " },
	[TONGUE_IT] = { " miglior manca mancat problem male negativ cambi difficil delus peggio "
	                "critic "
	                "infastid lament insoddisf ",
	                " piac bene buono positiv meglio apprezz soddisf preferit forza ",
	                " meno non " },
	[TONGUE_PT] = { " melhorar melhoria melhoraria falta faltou problem ruim mal negativ mud "
	                "difícil incomod "
	                "decepcion pior reclama crítica desagrad insatisf ",
	                " gost bom boa bem positiv melhor ador satisf destac aprecia agrad ",
	                " menos não nao " },
	[TONGUE_NL] = { " beter verbeter mist ontbr probleem slecht negatief verander moeilijk "
	                "teleurgesteld "
	                "stoor klacht kritiek ontevred ",
	                " goed leuk fijn positief best waard bevalt beviel tevred sterk prettig ",
	                " minst minder niet " },
};

static bool begins_listed(const char *list, Str word)
{
	Str rest = str_of(list), one;
	while (list && str_cut(&rest, ' ', &one))
		if (one.len > 0 && (one.len < 4 ? str_eq(word, one) : str_starts(word, one)))
			return true;
	return false;
}

enum question_leaning question_leaning(const struct words *w)
{
	const struct leaning *l = &leanings[w->tongue];
	bool bad = false, good = false, least = false;
	for (size_t i = 0; i < w->count; i++) {
		const struct word *word = &w->words[i];
		if (word->kind != WORD_LETTERS)
			continue;
		bool is_bad = begins_listed(l->bad, word->folded);
		bad |= is_bad;
		good |= !is_bad && begins_listed(l->good, word->folded);
		least |= begins_listed(l->least, word->folded) || (word->roles & TONGUE_NEGATES);
	}
	if (good && least && !bad)
		return QUESTION_ASKS_BAD;
	return bad == good ? QUESTION_OPEN : bad ? QUESTION_ASKS_BAD : QUESTION_ASKS_GOOD;
}
