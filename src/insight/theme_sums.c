/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_sums.h"

#include <stdlib.h>

#include "base/die.h"

enum whose { CLUSTERS, PERSONS };

struct tallying {
	const struct comments_said *c;
	struct theme_sums *out;
	bool clusters, people;      /* which of their sums are added to */
	struct nps_cluster *tally;  /* [themes] of the owner at hand, good while the stamp is */
	uint32_t *stamps, *touched; /* [themes] */
	uint32_t stamp;
};

static bool names(const struct fact_mention *m)
{
	return m->sayings & 1U << THEME_NAMED;
}

static void add_across(struct nps_pair *across, const struct nps_cluster *here,
                       const struct nps_cluster *all)
{
	across->clusters += all->n > here->n;
	across->ss += here->s * all->s;
	across->sn += here->s * all->n;
	across->ns += here->n * all->s;
	across->nn += here->n * all->n;
}

/* Comments of one owner, or one of nobody known. */
static void add_owner(struct tallying *t, const uint32_t *comments, size_t count)
{
	struct nps_cluster all = { 0 };
	uint32_t touched = 0;
	t->stamp++;
	for (size_t i = 0; i < count; i++) {
		size_t mentions;
		const struct fact_mention *m = comments_said_mentions(t->c, comments[i], &mentions);
		int x = (int)nps_group_of(t->c->at[comments[i]].score) - NPS_PASSIVE;
		all.n++;
		all.s += x;
		for (size_t k = 0; k < mentions; k++) {
			uint32_t theme = m[k].theme;
			if (!names(&m[k]))
				continue;
			if (t->stamps[theme] != t->stamp) {
				t->stamps[theme] = t->stamp;
				t->tally[theme] = (struct nps_cluster){ 0 };
				t->touched[touched++] = theme;
			}
			t->tally[theme].n++;
			t->tally[theme].s += x;
		}
	}
	if (t->clusters)
		nps_add_cluster(&t->out->all, &all);
	t->out->all.people += t->people;
	for (uint32_t i = 0; i < touched; i++) {
		uint32_t theme = t->touched[i];
		struct nps_pair *across = &t->out->across[theme];
		if (t->clusters) {
			nps_add_cluster(&t->out->of[theme], &t->tally[theme]);
			add_across(across, &t->tally[theme], &all);
		}
		t->out->of[theme].people += t->people;
		across->people += t->people && all.n > t->tally[theme].n;
	}
}

static uint32_t owner_of(const struct comments_said *c, size_t i, enum whose whose)
{
	return whose == CLUSTERS ? c->at[i].cluster : c->at[i].person;
}

/* Comments of nobody known as they come, each owner's put together first. */
static void add_all(struct tallying *t, enum whose whose)
{
	const struct comments_said *c = t->c;
	uint32_t owners = whose == CLUSTERS ? c->clusters : c->persons;
	uint32_t *count = mem_zeroed((size_t)owners + 1, sizeof(*count)), end = 0;
	uint32_t *together = mem_alloc((c->count + 1) * sizeof(*together));
	for (size_t i = 0; i < c->count; i++)
		count[owner_of(c, i, whose)]++;
	count[0] = 0;
	for (uint32_t k = 1; k <= owners; k++) {
		uint32_t own = count[k];
		count[k] = end; /* where its next one goes */
		end += own;
	}
	for (size_t i = 0; i < c->count; i++) {
		uint32_t owner = owner_of(c, i, whose), comment = (uint32_t)i;
		if (owner)
			together[count[owner]++] = comment;
		else
			add_owner(t, &comment, 1);
	}
	for (uint32_t k = 1, from = 0; k <= owners; k++) {
		add_owner(t, together + from, count[k] - from);
		from = count[k];
	}
	free(count);
	free(together);
}

void theme_sums_count(struct arena *a, const struct comments_said *c, size_t theme_count,
                      struct theme_sums *out)
{
	*out = (struct theme_sums){ .of = ARENA_ARRAY(a, struct nps_sums, theme_count + 1),
		                    .across = ARENA_ARRAY(a, struct nps_pair, theme_count + 1) };
	for (size_t i = 0; i < c->count; i++) {
		size_t count;
		const struct fact_mention *m = comments_said_mentions(c, i, &count);
		out->all.by_score[c->at[i].score]++;
		for (size_t k = 0; k < count; k++)
			out->of[m[k].theme].by_score[c->at[i].score] += names(&m[k]);
	}
}

void theme_sums_find(struct arena *a, const struct comments_said *c, size_t theme_count,
                     struct theme_sums *out)
{
	theme_sums_count(a, c, theme_count, out);
	struct tallying t = {
		.c = c,
		.out = out,
		.clusters = true,
		.people = !c->by_account,
		.tally = mem_zeroed(theme_count + 1, sizeof(*t.tally)),
		.stamps = mem_zeroed(theme_count + 1, sizeof(*t.stamps)),
		.touched = mem_zeroed(theme_count + 1, sizeof(*t.touched)),
	};
	MUST(c->count < UINT32_MAX);
	add_all(&t, CLUSTERS);
	t.clusters = false;
	t.people = true;
	if (c->by_account)
		add_all(&t, PERSONS);
	free(t.tally);
	free(t.stamps);
	free(t.touched);
}
