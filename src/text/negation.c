/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/negation.h"

/* How far apart the words of such a phrase stand. */
#define DOUBT_REACH  3
#define BETTER_REACH 4
#define MODAL_REACH  3
#define NEVER_REACH  3
#define ENOUGH_REACH 6

/* Folded words between spaces. */
struct phrases_of {
	const char *doubt;  /* "no doubt" */
	const char *better; /* "not better" is praise beside a modal verb */
	const char *modal;
	const char *never, *so; /* "never so" */
};

static const struct phrases_of phrases[TONGUE_COUNT] = {
	[TONGUE_EN] = { " doubt doubts ", " better best happier ",
	                " can could can't cannot cant couldn't couldnt ", " never ", " so such " },
	[TONGUE_DE] = { " zweifel frage ", " besser bessere besseres besseren zufriedener ",
	                " kann könnte konnte können könnten geht gehts geht's ginge ging ",
	                " nie niemals ", " so solch solche solchen " },
	[TONGUE_FR] = { " doute doutes ", " mieux meilleur meilleure ",
	                " peut peux pouvait pourrait puisse ", " jamais ", " aussi si autant " },
	[TONGUE_ES] = { " duda dudas ", " mejor mejores ",
	                " puede puedo podía podia podría podria pudo hay ", " nunca jamás jamas ",
	                " tan tanto tanta " },
	[TONGUE_IT] = { " dubbio dubbi ", " meglio migliore migliori ",
	                " può puo potrebbe poteva potevo ", " mai ", " così cosi tanto " },
	[TONGUE_PT] = { " dúvida duvida dúvidas duvidas ", " melhor melhores ",
	                " pode podia poderia há ", " nunca jamais ", " tão tao tanto " },
	[TONGUE_NL] = { " twijfel ", " beter betere ", " kan kon kunnen konden ", " nooit ",
	                " zo zo'n zulke " },
};

/* The first word from `first` on of those in [first, end) that is listed; `end`: none. */
static size_t find(const struct words *w, size_t first, size_t end, const char *list)
{
	while (first < end && !tongue_listed(list, w->words[first].folded))
		first++;
	return first;
}

/* What stands around the word `i` within its clause. */
struct around {
	size_t first, end;
};

static struct around around(const struct words *w, size_t i, size_t reach)
{
	const struct clause *c = &w->clauses[w->words[i].clause];
	size_t end = c->first + c->count;
	return (struct around){ i - c->first > reach ? i - reach : c->first,
		                end - i > reach ? i + reach + 1 : end };
}

static void spend(struct words *w, size_t i)
{
	struct word *word = &w->words[i];
	word->roles = (uint8_t)((word->roles & ~(unsigned)TONGUE_NEGATES) | TONGUE_SPENT);
}

static void praise(struct words *w, size_t i)
{
	spend(w, i);
	w->words[i].roles |= TONGUE_PRAISES;
}

static void spend_doubt(struct words *w, size_t i, const struct phrases_of *p)
{
	struct around here = around(w, i, DOUBT_REACH);
	size_t doubt = find(w, i + 1, here.end, p->doubt);
	if (doubt == here.end)
		return;
	spend(w, i);
	spend(w, doubt);
}

/* "It could not be better", and where verbs come last "besser geht es nicht". */
static void spend_better(struct words *w, size_t i, const struct phrases_of *p)
{
	struct around here = around(w, i, BETTER_REACH), near = around(w, i, MODAL_REACH);
	bool verbs_last = w->tongue == TONGUE_DE || w->tongue == TONGUE_NL;
	size_t modal = find(w, near.first, near.end, p->modal);
	size_t better = find(w, verbs_last ? here.first : i + 1, here.end, p->better);
	if (modal == near.end || better == here.end)
		return;
	for (size_t k = here.first; k < here.end; k++)
		if (w->words[k].roles & TONGUE_NEGATES)
			spend(w, k);
	spend(w, modal);
	praise(w, better);
}

/* "Never so good", with what agrees with it: "je n'ai jamais été si content". */
static void spend_never(struct words *w, size_t i, const struct phrases_of *p)
{
	struct around here = around(w, i, NEVER_REACH);
	if (!tongue_listed(p->never, w->words[i].folded) ||
	    find(w, i + 1, here.end, p->so) == here.end)
		return;
	for (size_t k = here.first; k <= i; k++)
		if (w->words[k].roles & TONGUE_NEGATES)
			spend(w, k);
}

/* "Can't recommend it highly enough", "second to none". */
static void spend_english(struct words *w, size_t i)
{
	struct around here = around(w, i, ENOUGH_REACH);
	size_t thanks = find(w, i + 1, here.end, " recommend thank praise stress ");
	if (thanks <= i + 2 && find(w, thanks, here.end, " enough ") < here.end) {
		spend(w, i);
	} else if (i >= here.first + 2 && tongue_listed(" none ", w->words[i].folded) &&
	           tongue_listed(" to ", w->words[i - 1].folded) &&
	           tongue_listed(" second ", w->words[i - 2].folded)) {
		praise(w, i);
	}
}

void negation_settle(struct words *w)
{
	const struct phrases_of *p = &phrases[w->tongue];
	uint32_t negated = UINT32_MAX; /* the last clause that has a negation */
	for (size_t i = 0; i < w->count; i++) {
		struct word *word = &w->words[i];
		if (word->roles & TONGUE_COMPLETES && negated == word->clause)
			word->roles |= TONGUE_NEGATES;
		if (word->roles & TONGUE_NEGATES)
			negated = word->clause;
	}
	for (size_t i = 0; i < w->count && p->doubt; i++) {
		if (w->words[i].roles & TONGUE_NEGATES)
			spend_doubt(w, i, p);
		if (w->words[i].roles & TONGUE_NEGATES)
			spend_better(w, i, p);
		if (w->words[i].roles & TONGUE_NEGATES)
			spend_never(w, i, p);
		if (w->words[i].roles & TONGUE_NEGATES && w->tongue == TONGUE_EN)
			spend_english(w, i);
	}
}
