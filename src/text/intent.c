/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/intent.h"

#include "text/intent_words.h"

/* Finds beyond these add nothing: long comments are not more of everything. */
#define FINDS_MAX 4

static const struct {
	const char *name;
	float worth;
} rows[] = {
#define INTENT_ROW(intent, name, worth) [intent] = { name, worth },
	INTENTS(INTENT_ROW)
#undef INTENT_ROW
};

Str intent_name(enum intent i)
{
	return str_of(rows[i].name);
}

bool intent_reads(enum tongue t)
{
	size_t count;
	const struct pattern_list *lists = intent_words(&count);
	for (size_t i = 0; i < count; i++)
		if (lists[i].tongue == t)
			return true;
	return false;
}

const struct patterns *intent_make(struct arena *a)
{
	size_t count;
	const struct pattern_list *lists = intent_words(&count);
	return patterns_make(a, lists, count);
}

/* Sentences that end with a question mark. */
static int question_marks(const struct words *w)
{
	int marks = 0;
	for (size_t i = 0; i < w->count; i++) {
		Str s = str_slice(w->text, w->words[i].from, w->words[i].len);
		bool last = i + 1 == w->count || w->words[i + 1].clause != w->words[i].clause;
		marks += last && w->words[i].kind == WORD_MARK &&
		         (str_eq(s, STR("?")) || str_eq(s, STR("？")) || str_eq(s, STR("؟")));
	}
	return marks;
}

void intent_find(const struct patterns *patterns, struct arena *a, const struct plain_words *w,
                 struct intents *out)
{
	struct pattern_hit *hits;
	int finds[INTENT_COUNT] = { 0 };
	*out = (struct intents){ .main = INTENT_OTHER };
	size_t count = patterns_find(patterns, a, w, &hits), end[INTENT_COUNT] = { 0 };
	for (size_t i = 0; i < count; i++) {
		size_t label = hits[i].label;
		if (hits[i].plain_first < end[label]) /* inside the one before */
			continue;
		end[label] = hits[i].plain_first + hits[i].plain_count;
		finds[label]++;
	}
	if (intent_reads(w->words->tongue))
		finds[INTENT_QUESTION] += question_marks(w->words);
	for (enum intent i = INTENT_OTHER + 1; i < INTENT_COUNT; i++) {
		int n = finds[i] < FINDS_MAX ? finds[i] : FINDS_MAX;
		out->score[i] = (float)n * rows[i].worth;
		out->present |= n ? 1u << i : 0;
		if (out->score[i] > out->score[out->main])
			out->main = i;
	}
	if (!out->present)
		out->present = 1u << INTENT_OTHER;
}
