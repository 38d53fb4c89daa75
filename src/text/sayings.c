/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/sayings.h"

#include "text/sayings_phrases.h"

enum label { EXCUSED, GREAT, GOOD, POOR, BAD, SOLVED, SOLVES, ONCE };

/* In tenths; of the last word, but of the first where that is the verb: "they fixed it". */
static const int8_t valences[] = {
	[GREAT] = 30, [GOOD] = 18, [POOR] = -13, [BAD] = -26, [SOLVED] = 18, [SOLVES] = 18
};

#define ROW(tongue, label, phrases) { TONGUE_##tongue, label, phrases },
static const struct pattern_list lists[] = { PHRASES(ROW) };
#undef ROW

const struct patterns *sayings_make(struct arena *a)
{
	return patterns_make(a, lists, sizeof lists / sizeof lists[0]);
}

static bool denies_within(enum label label)
{
	return label == SOLVED || label == SOLVES;
}

static void spend(struct word *word, enum label label)
{
	if (word->roles & TONGUE_NEGATES && denies_within(label))
		return;
	word->roles = (uint8_t)((word->roles & ~(unsigned)TONGUE_NEGATES) | TONGUE_SPENT);
	word->saying = 0;
}

static void settle(struct words *w, const struct pattern_hit *hit)
{
	enum label label = (enum label)hit->label;
	struct word *first = &w->words[hit->first], *last = first + hit->count - 1;
	for (struct word *word = first; word <= last; word++)
		spend(word, label);
	if (label == ONCE)
		last->roles |= TONGUE_ONCE;
	else
		(label == SOLVES ? first : last)->saying = valences[label];
}

void sayings_settle(const struct patterns *sayings, struct arena *a, struct words *w)
{
	struct plain_words plain;
	struct pattern_hit *hits;
	size_t until = 0;
	plain_words(a, w, &plain);
	size_t count = patterns_find(sayings, a, &plain, &hits);
	for (size_t i = 0; i < count; i++) {
		if (hits[i].first < until) /* inside the one before */
			continue;
		until = hits[i].first + hits[i].count;
		settle(w, &hits[i]);
	}
}
