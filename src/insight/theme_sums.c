/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_sums.h"

#include <stdlib.h>

#include "base/die.h"
#include "stats/nps_rest.h"

/* Comments of owners with one alone, by 1 + x. */
typedef int64_t Alone[3];

struct tallying {
	const struct comments_said *c;
	struct theme_sums *out;
	bool clusters, people;      /* which of their sums are added to */
	struct nps_cluster *tally;  /* [themes] of the owner at hand, good while the stamp is */
	uint32_t *stamps, *touched; /* [themes] */
	uint32_t stamp;
	Alone all_alone, *alone; /* [themes] */
};

static bool names(const struct fact_mention *m)
{
	return m->sayings & 1U << THEME_NAMED;
}

/* One of nobody known, or of somebody who has no other. */
static void add_alone(struct tallying *t, size_t comment)
{
	size_t mentions;
	const struct fact_mention *m = comments_said_mentions(t->c, comment, &mentions);
	enum nps_group group = nps_group_of(t->c->at[comment].score);
	t->all_alone[group]++;
	for (size_t k = 0; k < mentions; k++)
		t->alone[m[k].theme][group] += names(&m[k]);
}

/* across NULL: of all with itself nobody asks. */
static void read_alone(const struct tallying *t, const Alone alone, struct nps_sums *sums,
                       struct nps_pair *across)
{
	for (int group = NPS_DETRACTOR; group <= NPS_PROMOTER; group++) {
		int64_t n = alone[group], x = group - NPS_PASSIVE;
		sums->people += t->people ? n : 0;
		if (!t->clusters)
			continue;
		sums->clusters += n;
		sums->ss += n * x * x;
		sums->sn += n * x;
		sums->nn += n;
		sums->sm += n * x * x * NPS_SM_UNITS;
		if (!across)
			continue;
		across->ss += n * x * x;
		across->sn += n * x;
		across->ns += n * x;
		across->nn += n;
		across->sm += n * x * x * NPS_SM_UNITS;
	}
}

/* Comments of one owner. */
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
			nps_across_add(across, &t->tally[theme], &all);
		}
		t->out->of[theme].people += t->people;
		across->people += t->people && all.n > t->tally[theme].n;
	}
}

static void add_all(struct tallying *t, const struct said_owners *owners, size_t theme_count)
{
	for (size_t i = 0; i < owners->alone; i++)
		add_alone(t, owners->comments[i]);
	for (size_t i = 0, from = owners->alone; i < owners->many; from = owners->ends[i++])
		add_owner(t, owners->comments + from, owners->ends[i] - from);
	read_alone(t, t->all_alone, &t->out->all, NULL);
	for (size_t theme = 0; theme < theme_count; theme++)
		read_alone(t, t->alone[theme], &t->out->of[theme], &t->out->across[theme]);
}

static void count_scores(struct arena *a, const struct comments_said *c, size_t theme_count,
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

static void tally(struct tallying t, const struct said_owners *owners, size_t theme_count)
{
	t.tally = mem_zeroed(theme_count + 1, sizeof(*t.tally));
	t.stamps = mem_zeroed(theme_count + 1, sizeof(*t.stamps));
	t.touched = mem_zeroed(theme_count + 1, sizeof(*t.touched));
	t.alone = mem_zeroed(theme_count + 1, sizeof(*t.alone));
	add_all(&t, owners, theme_count);
	free(t.tally);
	free(t.stamps);
	free(t.touched);
	free(t.alone);
}

void theme_sums_find(struct arena *a, const struct comments_said *c,
                     const struct said_owners *clusters, size_t theme_count, struct theme_sums *out)
{
	count_scores(a, c, theme_count, out);
	/* Without accounts clusters are persons. */
	tally((struct tallying){ .c = c, .out = out, .clusters = true, .people = !c->by_account },
	      clusters, theme_count);
	if (!c->by_account)
		return;
	struct said_owners persons;
	said_owners_find(c, SAID_PERSONS, &persons);
	tally((struct tallying){ .c = c, .out = out, .people = true }, &persons, theme_count);
	said_owners_free(&persons);
}
