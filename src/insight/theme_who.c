/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_who.h"

#include <stdlib.h>

#include "base/die.h"
#include "insight/said_owners.h"

static int64_t answers_of(const struct nps_sums *sums)
{
	int64_t n = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		n += sums->by_score[score];
	return n;
}

static bool same_value(const struct cell_value *a, const struct cell_value *b)
{
	return !a->text.at == !b->text.at && str_eq(a->text, b->text) && a->id == b->id &&
	       a->version == b->version && a->rest == b->rest;
}

/* A comment may have several values: each comment by itself. */
static bool ask_cells(const struct facts *facts, struct arena *a, const struct cell_question *q,
                      const struct workspace_theme *theme, const struct cells *all,
                      struct theme_who *out, struct err *err)
{
	struct answer_filter with = *q->filter;
	struct cell_question speaking = *q;
	struct cells cells;
	filter_only(&with, FILTER_THEME, theme->code);
	speaking.filter = &with;
	if (!cells_ask(facts, a, &speaking, &cells, err))
		return false;
	for (size_t i = 0; i < all->count[0]; i++) {
		int64_t hits = 0;
		for (size_t k = 0; k < cells.count[0]; k++)
			if (same_value(&all->values[0][i], &cells.values[0][k]))
				hits = answers_of(&cells.at[k].sums);
		out->shares[i] = share_alone(hits, answers_of(&all->at[i].sums));
	}
	return true;
}

struct counting {
	const struct comments_said *c;
	struct share_sums *sums; /* [values] */
	int64_t (*own)[2]; /* [values] of the owner at hand: comments, and those that speak of it */
	uint16_t *touched; /* [values] */
};

static void add_owner(struct counting *k, const uint32_t *comments, size_t count)
{
	size_t touched = 0;
	for (size_t i = 0; i < count; i++) {
		size_t mentions;
		const struct fact_mention *m = comments_said_mentions(k->c, comments[i], &mentions);
		uint16_t value = k->c->at[comments[i]].value;
		if (k->own[value][0]++ == 0)
			k->touched[touched++] = value;
		k->own[value][1] += mentions > 0 && m->sayings >> THEME_NAMED & 1;
	}
	for (size_t i = 0; i < touched; i++) {
		int64_t *own = k->own[k->touched[i]], n = own[0], h = own[1];
		struct share_sums *s = &k->sums[k->touched[i]];
		s->hits += h;
		s->of += n;
		s->hh += h * h;
		s->hn += h * n;
		s->nn += n * n;
		s->clusters++;
		own[0] = own[1] = 0;
	}
}

static bool ask_comments(const struct facts *facts, struct arena *a, const struct cell_question *q,
                         const struct workspace_theme *theme, const struct cells *all,
                         struct theme_who *out, struct err *err)
{
	struct comments_said said;
	struct said_owners owners;
	size_t values = all->count[0];
	if (!comments_said_read(facts, a, q, all, theme, 1, &said, err))
		return false;
	struct counting k = { .c = &said,
		              .sums = mem_zeroed(values + 1, sizeof(*k.sums)),
		              .own = mem_zeroed(values + 1, sizeof(*k.own)),
		              .touched = mem_zeroed(values + 1, sizeof(*k.touched)) };
	said_owners_find(&said, SAID_CLUSTERS, &owners);
	for (size_t i = 0; i < owners.alone; i++)
		add_owner(&k, owners.comments + i, 1);
	for (size_t i = 0, from = owners.alone; i < owners.many; from = owners.ends[i++])
		add_owner(&k, owners.comments + from, owners.ends[i] - from);
	for (size_t i = 0; i < values; i++)
		out->shares[i] = share_of_sums(&k.sums[i]);
	free(k.sums);
	free(k.own);
	free(k.touched);
	said_owners_free(&owners);
	comments_said_free(&said);
	return true;
}

bool theme_who_ask(const struct facts *facts, struct arena *a, const struct cell_question *q,
                   const struct workspace_theme *theme, struct theme_who *out, struct err *err)
{
	struct cells all;
	if (!cells_ask(facts, a, q, &all, err))
		return false;
	out->values = all.values[0];
	out->shares = ARENA_ARRAY(a, struct share, all.count[0] + 1);
	out->count = all.count[0];
	if (out->count && out->values[out->count - 1].rest)
		out->count--;
	return dim_is_set(&q->dims[0]) ? ask_cells(facts, a, q, theme, &all, out, err)
	                               : ask_comments(facts, a, q, theme, &all, out, err);
}
