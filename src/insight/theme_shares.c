/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_shares.h"

#include <stdlib.h>

#include "base/die.h"

/* Of one owner. */
typedef uint32_t Spoken[THEME_SLICES][THEME_SAYINGS];
typedef struct share_sums Sums[THEME_SLICES][THEME_SAYINGS];

struct counting {
	const struct comments_said *c;
	size_t month_count;
	Spoken *spoken;             /* [themes] good while the stamp is */
	uint32_t *stamps, *touched; /* [themes] */
	uint32_t stamp;
	struct share_sums all[THEME_SLICES]; /* nothing is a hit */
	Sums *themes;
};

/* Bits 1 << enum theme_slice. */
static unsigned slices_of(const struct counting *k, const struct comment_said *c)
{
	unsigned slices = 1U << SLICE_ALL | 1U << nps_group_of(c->score);
	size_t back = k->month_count - c->value; /* 1: in the last month */
	if (k->month_count < 2 * (size_t)THEMES_TREND_MONTHS)
		return slices;
	if (back <= THEMES_TREND_MONTHS)
		return slices | 1U << SLICE_NOW;
	return back <= 2 * (size_t)THEMES_TREND_MONTHS ? slices | 1U << SLICE_BEFORE : slices;
}

static void add_mention(Spoken *spoken, const struct fact_mention *m, unsigned slices)
{
	for (int slice = 0; slice < THEME_SLICES; slice++)
		for (int saying = 0; (slices >> slice & 1) && saying < THEME_SAYINGS; saying++)
			(*spoken)[slice][saying] += m->sayings >> saying & 1;
}

static void add_sums(Sums *sums, Spoken *spoken, const int64_t n[static THEME_SLICES])
{
	for (int slice = 0; slice < THEME_SLICES; slice++)
		for (int saying = 0; saying < THEME_SAYINGS; saying++) {
			int64_t h = (*spoken)[slice][saying];
			struct share_sums *s = &(*sums)[slice][saying];
			s->hits += h;
			s->hh += h * h;
			s->hn += h * n[slice];
		}
}

static void add_owner(struct counting *k, const uint32_t *comments, size_t count)
{
	int64_t n[THEME_SLICES] = { 0 };
	uint32_t touched = 0;
	k->stamp++;
	for (size_t i = 0; i < count; i++) {
		size_t mentions;
		const struct fact_mention *m = comments_said_mentions(k->c, comments[i], &mentions);
		unsigned slices = slices_of(k, &k->c->at[comments[i]]);
		for (int slice = 0; slice < THEME_SLICES; slice++)
			n[slice] += slices >> slice & 1;
		for (size_t j = 0; j < mentions; j++) {
			uint32_t theme = m[j].theme;
			if (k->stamps[theme] != k->stamp) {
				k->stamps[theme] = k->stamp;
				k->touched[touched++] = theme;
				for (int slice = 0; slice < THEME_SLICES; slice++)
					for (int saying = 0; saying < THEME_SAYINGS; saying++)
						k->spoken[theme][slice][saying] = 0;
			}
			add_mention(&k->spoken[theme], &m[j], slices);
		}
	}
	for (int slice = 0; slice < THEME_SLICES; slice++) {
		k->all[slice].of += n[slice];
		k->all[slice].nn += n[slice] * n[slice];
		k->all[slice].clusters += n[slice] > 0;
	}
	for (uint32_t i = 0; i < touched; i++)
		add_sums(&k->themes[k->touched[i]], &k->spoken[k->touched[i]], n);
}

void theme_shares_count(struct arena *a, const struct comments_said *c,
                        const struct said_owners *owners, size_t theme_count, size_t month_count,
                        struct theme_shares *out)
{
	struct counting k = {
		.c = c,
		.month_count = month_count,
		.spoken = mem_zeroed(theme_count + 1, sizeof(*k.spoken)),
		.stamps = mem_zeroed(theme_count + 1, sizeof(*k.stamps)),
		.touched = mem_zeroed(theme_count + 1, sizeof(*k.touched)),
		.themes = ARENA_ARRAY(a, Sums, theme_count + 1),
	};
	for (size_t i = 0; i < owners->alone; i++)
		add_owner(&k, owners->comments + i, 1);
	for (size_t i = 0, from = owners->alone; i < owners->many; from = owners->ends[i++])
		add_owner(&k, owners->comments + from, owners->ends[i] - from);
	for (size_t theme = 0; theme < theme_count; theme++)
		for (int slice = 0; slice < THEME_SLICES; slice++)
			for (int saying = 0; saying < THEME_SAYINGS; saying++) {
				struct share_sums *s = &k.themes[theme][slice][saying];
				s->of = k.all[slice].of;
				s->nn = k.all[slice].nn;
				s->clusters = k.all[slice].clusters;
			}
	out->of = &k.themes[0][0][0];
	free(k.spoken);
	free(k.stamps);
	free(k.touched);
}

struct share theme_share(const struct theme_shares *s, size_t theme, enum theme_slice slice,
                         enum theme_saying saying)
{
	size_t at = (theme * THEME_SLICES + (size_t)slice) * THEME_SAYINGS + (size_t)saying;
	return share_of_sums(&s->of[at]);
}
