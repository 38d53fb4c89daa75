/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/themes.h"

#include <stdlib.h>
#include <string.h>

#include "base/dates.h"
#include "insight/theme_sums.h"
#include "stats/nps_rest.h"

struct asking {
	const struct facts *facts;
	struct arena *a;
	struct cell_question q; /* of the part, of comments that say something */
	struct answer_filter filter;
	struct workspace_theme *themes;
	size_t theme_count;
	struct comments_said said;
	struct theme_row **row_of; /* [theme_count] NULL: not shown, or nobody speaks of it */
	bool is_brief;
	const double *target;
	struct themes *out;
};

static void add_groups(const struct nps_sums *sums, int64_t by[static THEMES_GROUPS])
{
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		by[nps_group_of(score)] += sums->by_score[score];
}

static int64_t answers_of(const struct nps_sums *sums)
{
	int64_t by[THEMES_GROUPS] = { 0 };
	add_groups(sums, by);
	return by[NPS_DETRACTOR] + by[NPS_PASSIVE] + by[NPS_PROMOTER];
}

/* What was understood of the comments, whatever they say. */
static bool count_comments(struct asking *s, struct err *err)
{
	struct themes *o = s->out;
	struct answer_filter with = s->filter;
	struct cell_question q = s->q;
	struct cells cells;
	if (with.comment == FILTER_NO)
		return true;
	with.comment = FILTER_YES;
	q.filter = &with;
	q.dims[0].kind = DIM_SENTIMENT;
	if (!cells_ask(s->facts, s->a, &q, &cells, err))
		return false;
	for (size_t i = 0; i < cells.count[0]; i++) {
		int64_t by[THEMES_GROUPS] = { 0 }, u = cells.values[0][i].id;
		add_groups(&cells.at[i].sums, by);
		for (int g = 0; g < THEMES_GROUPS; g++) {
			o->by_understood[u] += by[g];
			o->commented += by[g];
			o->label_by[g][u] = by[g];
			if (understood_says((enum understood)u)) {
				o->said += by[g];
				o->said_by[g] += by[g];
			}
		}
	}
	return true;
}

void themes_only_said(struct answer_filter *filter)
{
	struct filter_values *wanted = &filter->fields[FILTER_SENTIMENT];
	unsigned asked = filter_bits(filter, FILTER_SENTIMENT);
	bool any = wanted->count == 0;
	wanted->count = 0;
	for (int u = UNDERSTOOD_NEGATIVE; u <= UNDERSTOOD_MIXED; u++)
		if (any || asked >> u & 1)
			wanted->at[wanted->count++] = understood_word((enum understood)u);
	if (wanted->count == 0 || filter->comment == FILTER_NO)
		filter_take_none(filter);
}

static int most_comments_first(const void *x, const void *y)
{
	const struct theme_row *a = x, *b = y;
	int64_t m = a->all.said[THEME_NAMED].hits, n = b->all.said[THEME_NAMED].hits;
	if (m != n)
		return m < n ? 1 : -1;
	return str_cmp(a->theme->code, b->theme->code);
}

static const struct dim month = { .kind = DIM_TIME, .unit = PERIOD_MONTH };

/* By month, unless that is not asked for. */
static bool read_said(struct asking *s, struct err *err)
{
	struct themes *o = s->out;
	struct cells cells;
	if (!s->is_brief)
		s->q.dims[0] = month;
	if (!cells_ask(s->facts, s->a, &s->q, &cells, err) ||
	    !comments_said_read(s->facts, s->a, &s->q, &cells, s->themes, s->theme_count, &s->said,
	                        err))
		return false;
	if (s->is_brief)
		return true;
	o->month_count = cells.count[0];
	o->month_days = ARENA_ARRAY(s->a, int64_t, o->month_count + 1);
	o->month_said = ARENA_ARRAY(s->a, int64_t, o->month_count + 1);
	for (size_t m = 0; m < o->month_count; m++) {
		o->month_days[m] = cells.values[0][m].id;
		o->month_said[m] = answers_of(&cells.at[m].sums);
	}
	return true;
}

static void read_part(const struct theme_shares *shares, size_t place, enum theme_slice slice,
                      struct theme_part *out)
{
	for (int saying = 0; saying < THEME_SAYINGS; saying++)
		out->said[saying] = theme_share(shares, place, slice, (enum theme_saying)saying);
}

static void find_trend(const struct theme_shares *shares, size_t place, struct theme_row *row)
{
	struct share now = theme_share(shares, place, SLICE_NOW, THEME_CRITICISED);
	struct share before = theme_share(shares, place, SLICE_BEFORE, THEME_CRITICISED);
	row->trend = share_change_of(&now, &before);
}

/* sums NULL: in brief. */
static void add_row(struct asking *s, size_t place, const struct theme_shares *shares,
                    const struct theme_sums *sums)
{
	struct theme_row *row = &s->out->rows[s->out->count++];
	*row = (struct theme_row){ .theme = &s->themes[place] };
	read_part(shares, place, SLICE_ALL, &row->all);
	for (int g = 0; g < THEMES_GROUPS; g++)
		read_part(shares, place, (enum theme_slice)g, &row->groups[g]);
	if (!sums)
		return;
	struct nps_sums rest;
	struct nps_pair pair;
	row->sums = sums->of[place];
	nps_rest_of(&sums->all, &row->sums, &sums->across[place], &rest, &pair);
	row->from_rest = nps_difference_of(&row->sums, &rest, &pair);
	row->people_in_both = pair.people;
	find_trend(shares, place, row);
}

static void find_rows(struct asking *s)
{
	struct themes *o = s->out;
	struct said_owners owners;
	struct theme_shares shares;
	struct theme_sums sums;
	said_owners_find(&s->said, SAID_CLUSTERS, &owners);
	theme_shares_count(s->a, &s->said, &owners, s->theme_count, o->month_count, &shares);
	if (!s->is_brief)
		theme_sums_find(s->a, &s->said, &owners, s->theme_count, &sums);
	said_owners_free(&owners);
	o->rows = ARENA_ARRAY(s->a, struct theme_row, s->theme_count + 1);
	s->row_of = ARENA_ARRAY(s->a, struct theme_row *, s->theme_count + 1);
	for (size_t t = 0; t < s->theme_count; t++)
		if (theme_share(&shares, t, SLICE_ALL, THEME_NAMED).hits > 0 &&
		    theme_is_shown(&s->themes[t]))
			add_row(s, t, &shares, s->is_brief ? NULL : &sums);
	if (o->count)
		qsort(o->rows, o->count, sizeof *o->rows, most_comments_first);
	for (size_t i = 0; i < o->count; i++)
		s->row_of[o->rows[i].theme - s->themes] = &o->rows[i];
}

static void count_months(struct asking *s)
{
	struct themes *o = s->out;
	for (size_t i = 0; i < o->count; i++) {
		o->rows[i].months = ARENA_ARRAY(s->a, int64_t, o->month_count + 1);
		o->rows[i].criticised_months = ARENA_ARRAY(s->a, int64_t, o->month_count + 1);
	}
	for (size_t i = 0; i < s->said.count; i++) {
		const struct comment_said *c = &s->said.at[i];
		size_t count;
		const struct fact_mention *m = comments_said_mentions(&s->said, i, &count);
		for (size_t k = 0; k < count; k++) {
			const struct theme_row *row = s->row_of[m[k].theme];
			if (!row)
				continue;
			row->months[c->value] += m[k].sayings >> THEME_NAMED & 1;
			row->criticised_months[c->value] += m[k].sayings >> THEME_CRITICISED & 1;
		}
	}
}

/* Polarities were judged by the text alone; only their sides are kept in columns. */
static void add_mentions(const struct asking *s, size_t comment, struct blind_mentions *out)
{
	struct theme_mention all[2 * TAXONOMY_THEMES_MAX];
	struct theme_mentions list = { all, 0 };
	size_t count;
	const struct fact_mention *m = comments_said_mentions(&s->said, comment, &count);
	for (size_t k = 0; k < count; k++) {
		const struct theme_row *row = s->row_of[m[k].theme];
		size_t place = row ? (size_t)(row - s->out->rows) : TAXONOMY_THEMES_MAX;
		if (place >= TAXONOMY_THEMES_MAX)
			continue;
		if (m[k].sayings & 1U << THEME_PRAISED)
			all[list.count++] =
			    (struct theme_mention){ .theme = (uint16_t)place, .polarity = 1 };
		if (m[k].sayings & 1U << THEME_CRITICISED)
			all[list.count++] =
			    (struct theme_mention){ .theme = (uint16_t)place, .polarity = -1 };
	}
	blind_mentions_add(out, &list);
}

static void find_drivers(struct asking *s)
{
	struct themes *o = s->out;
	size_t count = s->said.count;
	struct arena scratch = { 0 };
	int8_t *x = ARENA_ARRAY(&scratch, int8_t, count + 1);
	uint64_t *cluster = ARENA_ARRAY(&scratch, uint64_t, count + 1);
	struct blind_mentions *mentions = blind_mentions_new(&scratch, count);
	for (size_t i = 0; i < count; i++) {
		const struct comment_said *c = &s->said.at[i];
		x[i] = (int8_t)(nps_group_of(c->score) - NPS_PASSIVE);
		cluster[i] = c->cluster ? c->cluster : UINT64_C(1) << 32 | i;
		add_mentions(s, i, mentions);
	}
	uint32_t rows = o->count < TAXONOMY_THEMES_MAX ? (uint32_t)o->count : TAXONOMY_THEMES_MAX;
	theme_drivers_find(&scratch, mentions, rows, x, cluster, count, &o->drivers);
	arena_free(&scratch);
	o->looked_into = count;
	for (size_t i = 0; i < o->drivers.list.count; i++) {
		const struct theme_driver *d = &o->drivers.of[i];
		*(d->good ? &o->rows[d->theme].praise : &o->rows[d->theme].criticism) = d;
	}
}

static void weigh(const struct asking *s, struct theme_row *row,
                  const struct at_stake_quarter *quarters, size_t count)
{
	const struct themes *o = s->out;
	const struct theme_driver *d = row->criticism;
	if (!d || !o->drivers.list.shown || !d->driver.stands || d->driver.effect >= 0)
		return;
	if (s->target)
		row->target = *s->target;
	else if (!at_stake_target(quarters, count, &row->target))
		return;
	const struct at_stake_question q = { .effect = d->driver.effect,
		                             .lo = d->driver.effect_lo,
		                             .hi = d->driver.effect_hi,
		                             .mentions = row->all.said[THEME_CRITICISED].hits,
		                             .commenters = o->said,
		                             .respondents = o->answers,
		                             .target = row->target };
	row->stake = at_stake_of(&q);
	row->has_stake = true;
}

/* Which quarter of all time. */
static int quarter_of(int64_t day)
{
	int year, month_number, day_number;
	date_from_days(day, &year, &month_number, &day_number);
	return year * 4 + (month_number - 1) / 3;
}

static void find_stakes(const struct asking *s)
{
	struct themes *o = s->out;
	for (size_t i = 0; i < o->count; i++) {
		struct at_stake_quarter quarters[AT_STAKE_QUARTERS_MAX] = { 0 };
		size_t count = 0;
		for (size_t m = 0; m < o->month_count; m++) {
			if (m == 0 ||
			    quarter_of(o->month_days[m]) != quarter_of(o->month_days[m - 1])) {
				if (count == AT_STAKE_QUARTERS_MAX)
					memmove(quarters, quarters + 1,
					        --count * sizeof quarters[0]);
				quarters[count++] = (struct at_stake_quarter){ 0 };
			}
			quarters[count - 1].mentions += o->rows[i].criticised_months[m];
			quarters[count - 1].commenters += o->month_said[m];
		}
		weigh(s, &o->rows[i], quarters, count);
	}
}

static bool find_efforts(const struct asking *s, struct err *err)
{
	struct theme_effort_row *all;
	size_t count;
	if (!theme_effort_list(s->facts->db, s->a, s->facts->workspace, &all, &count, err))
		return false;
	for (size_t i = 0; i < s->out->count; i++)
		for (size_t k = 0; k < count; k++)
			if (all[k].theme == s->out->rows[i].theme->id)
				s->out->rows[i].effort = all[k].effort;
	return true;
}

/* Of themes that are shown. */
static void find_delights(struct asking *s)
{
	struct themes *o = s->out;
	struct delights *d = &o->delights;
	size_t kept = 0;
	delights_find(s->a, &s->said, s->themes, s->theme_count, d);
	o->delighted = ARENA_ARRAY(s->a, const struct theme_row *, d->count + 1);
	for (size_t i = 0; i < d->count; i++) {
		const struct theme_row *row =
		    d->list[i].theme < s->theme_count ? s->row_of[d->list[i].theme] : NULL;
		if (!row)
			continue;
		o->delighted[kept] = row;
		d->list[kept++] = d->list[i];
	}
	d->count = kept;
}

static bool ask_said(struct asking *s, struct err *err)
{
	if (!read_said(s, err))
		return false;
	find_rows(s);
	if (s->is_brief)
		return true;
	count_months(s);
	find_drivers(s);
	find_delights(s);
	find_stakes(s);
	return find_efforts(s, err);
}

bool themes_ask(const struct facts *facts, struct arena *a, const struct themes_question *q,
                struct themes *out, struct err *err)
{
	struct asking s = { .facts = facts,
		            .a = a,
		            .q = q->cells,
		            .filter = *q->cells.filter,
		            .is_brief = q->brief,
		            .target = q->target };
	*out = (struct themes){ 0 };
	s.out = out;
	if (!one_part_choose(facts, a, &q->cells, q->part, &out->part, err))
		return false;
	if (!out->part.has_answers)
		return true;
	s.q.part = out->part.part;
	s.q.filter = &s.filter;
	out->answers = answers_of(&out->part.all.sums);
	if (!theme_list(facts->db, a, facts->workspace, &s.themes, &s.theme_count, err) ||
	    !count_comments(&s, err))
		return false;
	themes_only_said(&s.filter);
	bool ok = out->said == 0 || ask_said(&s, err);
	comments_said_free(&s.said);
	return ok;
}
