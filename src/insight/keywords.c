/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/keywords.h"

#include <stdlib.h>

#include "feedback/response.h"
#include "insight/keywords_sample.h"
#include "insight/quote_json.h"

static int by_person(const void *x, const void *y)
{
	const struct sampled *const *a = x, *const *b = y;
	if ((*a)->person != (*b)->person)
		return (*a)->person < (*b)->person ? -1 : 1;
	return (*a > *b) - (*a < *b);
}

/* What is of one person stands together. */
static const struct sampled **people_together(struct arena *a, const struct sampled *at,
                                              size_t count)
{
	const struct sampled **sorted = ARENA_ARRAY(a, const struct sampled *, count + 1);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &at[i];
	if (count)
		qsort(sorted, count, sizeof(struct sampled *), by_person);
	return sorted;
}

static void count_side(struct keyword_counts *k, struct word_reader *r, struct arena *a,
                       const struct keywords_sample *sample, unsigned side,
                       struct keywords_side *out)
{
	size_t count = sample->count[side];
	const struct sampled **sorted = people_together(a, sample->at[side], count);
	uint32_t person = 0;
	for (size_t i = 0; i < count; i++) {
		struct arena row = { 0 };
		struct phrase *phrases;
		struct words w;
		size_t n;
		if (!sorted[i]->text.at)
			continue;
		bool again = sorted[i]->person != 0 && sorted[i]->person == person;
		person = sorted[i]->person;
		words_read(r, &row, sorted[i]->said, sorted[i]->tongue, &w);
		phrases_of(&row, &w, &phrases, &n);
		(again ? keyword_counts_add_more : keyword_counts_add)(k, &w, phrases, n, side);
		out->people += !again;
		out->read++;
		arena_free(&row);
	}
}

/* A word that was asked about, as each language has it; found out when the first comment in the language comes. */
struct wanted {
	Str text;
	bool known[TONGUE_COUNT];
	uint64_t key[TONGUE_COUNT]; /* 0: it says nothing there */
};

/* The phrase that is the whole text. */
static uint64_t key_of(struct word_reader *r, struct wanted *wanted, enum tongue tongue)
{
	struct arena row = { 0 };
	struct phrase *phrases;
	struct words w;
	size_t n;
	if (wanted->known[tongue])
		return wanted->key[tongue];
	wanted->known[tongue] = true;
	words_read(r, &row, wanted->text, tongue, &w);
	phrases_of(&row, &w, &phrases, &n);
	for (size_t i = 0; i < n; i++)
		if (phrases[i].count == w.count)
			wanted->key[tongue] = keyword_key(&phrases[i], tongue);
	arena_free(&row);
	return wanted->key[tongue];
}

struct saying {
	const struct facts *facts;
	struct arena *a;
	struct word_reader *reader;
	struct wanted wanted;
	const struct keywords_sample *sample;
	struct keyword_said *out;
};

/* Where the comment says it; how often. */
static size_t find_spans(struct saying *s, const struct sampled *c, struct mask_span **out)
{
	struct arena row = { 0 };
	struct phrase *phrases;
	struct words w;
	size_t n, count = 0, end = 0;
	uint64_t key = c->text.at ? key_of(s->reader, &s->wanted, c->tongue) : 0;
	if (key == 0)
		return 0;
	words_read(s->reader, &row, c->said, c->tongue, &w);
	phrases_of(&row, &w, &phrases, &n);
	for (size_t i = 0; i < n; i++)
		if (keyword_key(&phrases[i], w.tongue) == key && phrases[i].from >= end) {
			if (count == 0)
				*out = ARENA_ARRAY(s->a, struct mask_span, n - i);
			(*out)[count++] = (struct mask_span){ phrases[i].from, phrases[i].len };
			end = phrases[i].from + phrases[i].len;
		}
	arena_free(&row);
	return count;
}

/* *was_shown stays false for what has gone or was edited since. */
static bool show(const struct saying *s, const struct sampled *c, struct keyword_quote *out,
                 bool *was_shown, struct err *err)
{
	struct response r;
	if (!response_find(s->facts->db, s->a, s->facts->workspace, c->id, &r, err))
		return err->kind == ERR_NOT_FOUND;
	if (!str_starts(r.comment, c->text))
		return true;
	if (!quote_keeping(s->facts->db, s->a, &r, out->spans, out->span_count, &out->quote, err))
		return false;
	*was_shown = out->quote.id != 0;
	out->span_count = quote_join_spans(out->spans, out->span_count);
	return true;
}

static bool was_quoted(const Str *quoted, size_t count, Str text)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(quoted[i], text))
			return true;
	return false;
}

/* Comments of a person stand together, so that people are counted once. */
static bool find_side(struct saying *s, int side, struct err *err)
{
	Str quoted[KEYWORDS_QUOTES] = { 0 };
	size_t *count = &s->out->quote_count[side];
	const size_t all = s->sample->count[side];
	uint8_t *says = ARENA_ARRAY(s->a, uint8_t, all + 1);
	s->out->quotes[side] = ARENA_ARRAY(s->a, struct keyword_quote, KEYWORDS_QUOTES);
	for (size_t i = 0; i < all; i++) {
		const struct sampled *c = &s->sample->at[side][i];
		struct keyword_quote quote = { 0 };
		bool was_shown = false;
		quote.span_count = find_spans(s, c, &quote.spans);
		says[i] = quote.span_count > 0;
		if (!says[i] || *count == KEYWORDS_QUOTES || was_quoted(quoted, *count, c->text))
			continue;
		if (!show(s, c, &quote, &was_shown, err))
			return false;
		if (!was_shown)
			continue;
		quoted[*count] = c->text;
		s->out->quotes[side][(*count)++] = quote;
	}
	const struct sampled **sorted = people_together(s->a, s->sample->at[side], all);
	uint32_t person = 0;
	for (size_t i = 0; i < all; i++) {
		if (!says[sorted[i] - s->sample->at[side]])
			continue;
		s->out->people[side] += sorted[i]->person == 0 || sorted[i]->person != person;
		person = sorted[i]->person;
	}
	return true;
}

static bool find_said(const struct facts *facts, struct arena *a, struct word_reader *r, Str word,
                      const struct keywords_sample *sample, struct keyword_said *out,
                      struct err *err)
{
	struct saying s = { .facts = facts,
		            .a = a,
		            .reader = r,
		            .wanted = { .text = word },
		            .sample = sample,
		            .out = out };
	if (!word.at)
		return true;
	if (key_of(r, &s.wanted, TONGUE_OTHER) == 0)
		return err_at(err, ERR_INVALID, "word",
		              "must be a word, or up to %d that stand side by side", PHRASE_WORDS);
	return find_side(&s, 0, err) && find_side(&s, 1, err);
}

/* What the sides are taken from: `whole` asks for all groups. */
static bool count_answers(const struct facts *facts, struct arena *a,
                          const struct contrast_question *whole, struct keywords *out,
                          struct err *err)
{
	struct cell_question sides[2] = { whole->cells, whole->cells };
	struct two_sides both;
	for (int side = 0; side < 2; side++) {
		const struct one_part *p = &out->parts[side];
		sides[side].filter = &whole->filters[side];
		sides[side].part = p->part;
		out->sides[side].sums = p->all.sums;
		if (p->part)
			out->sides[side].left_out = p->part->left_out;
	}
	if (!whole->is_rest)
		return true;
	if (!two_sides_ask(facts, a, sides, true, &both, err))
		return false;
	contrast_leave_out(whole, &both);
	out->sides[1].sums = both.sums[1];
	out->sides[1].left_out = both.left_out[1];
	return true;
}

bool keywords_ask(const struct facts *facts, struct arena *a, const struct keywords_question *q,
                  struct keywords *out, struct err *err)
{
	struct keywords_sample sample;
	struct contrast_question whole = q->sides;
	*out = (struct keywords){ 0 };
	/* Which scores there are does not hang on who is set against whom. */
	whole.filters[0].groups = whole.filters[1].groups = 0;
	if (!contrast_parts(facts, a, &whole, out->parts, err) ||
	    !count_answers(facts, a, &whole, out, err) ||
	    !keywords_sample(facts, a, &q->sides, out->parts, &sample, err))
		return false;
	struct keyword_counts *k = keyword_counts_open();
	struct word_reader *r = word_reader_open();
	for (unsigned side = 0; side < 2; side++) {
		struct keywords_side *o = &out->sides[side];
		count_side(k, r, a, &sample, side, o);
		o->comments = sample.comments[side];
		if (sample.count[side])
			o->since = sample.at[side][sample.count[side] - 1].at;
	}
	keywords_apart(k, a, KEYWORDS_LIST, &out->apart);
	bool ok = find_said(facts, a, r, q->word, &sample, &out->said, err);
	word_reader_close(r);
	keyword_counts_close(k);
	return ok;
}
