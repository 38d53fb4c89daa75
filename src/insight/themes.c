/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/themes.h"

#include <stdlib.h>
#include <string.h>

#include "base/dates.h"

struct asking {
	const struct facts *facts;
	struct arena *a;
	struct cell_question q; /* of the part, of comments that say something */
	struct answer_filter filter;
	struct workspace_theme *themes;
	size_t theme_count;
	struct cells by[THEME_SAYINGS];
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

static bool ask(const struct asking *s, struct dim first, struct dim second, struct cells *out,
                struct err *err)
{
	struct cell_question q = s->q;
	q.dims[0] = first;
	q.dims[1] = second;
	return cells_ask(s->facts, s->a, &q, out, err);
}

/* What was understood of the comments, whatever they say. */
static bool count_comments(struct asking *s, struct err *err)
{
	struct themes *o = s->out;
	struct answer_filter with = s->filter;
	struct cell_question q = s->q;
	struct cells cells;
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
	if (wanted->count > 0)
		return;
	for (int u = UNDERSTOOD_NEGATIVE; u <= UNDERSTOOD_MIXED; u++)
		wanted->at[wanted->count++] = understood_word((enum understood)u);
}

static struct theme_row *row_of(const struct themes *o, Str code)
{
	for (size_t i = 0; code.at && i < o->count; i++)
		if (str_eq(o->rows[i].theme->code, code))
			return &o->rows[i];
	return NULL;
}

static int most_comments_first(const void *x, const void *y)
{
	const struct theme_row *a = x, *b = y;
	if (a->all.comments != b->all.comments)
		return a->all.comments < b->all.comments ? 1 : -1;
	return str_cmp(a->theme->code, b->theme->code);
}

static void add_row(struct asking *s, const struct workspace_theme *theme, size_t cell)
{
	const struct cells *cells = &s->by[THEME_NAMED];
	struct theme_row *row = &s->out->rows[s->out->count++];
	int64_t by[THEMES_GROUPS] = { 0 };
	*row = (struct theme_row){ .theme = theme, .sums = cells->at[cell].sums };
	if (!s->is_brief) {
		struct nps_sums rest;
		struct nps_pair pair;
		cells_rest(cells, &cells->at[cell], &rest, &pair);
		row->from_rest = nps_difference_of(&row->sums, &rest, &pair);
		row->people_in_both = pair.people;
	}
	add_groups(&row->sums, by);
	for (int g = 0; g < THEMES_GROUPS; g++) {
		row->groups[g].comments = by[g];
		row->all.comments += by[g];
	}
}

static void find_rows(struct asking *s)
{
	const struct cells *cells = &s->by[THEME_NAMED];
	s->out->rows = ARENA_ARRAY(s->a, struct theme_row, s->theme_count + 1);
	for (size_t t = 0; t < s->theme_count; t++)
		for (size_t i = 0; i < cells->count[0]; i++)
			if (str_eq(cells->values[0][i].text, s->themes[t].code) &&
			    theme_is_shown(&s->themes[t]))
				add_row(s, &s->themes[t], i);
	if (s->out->count)
		qsort(s->out->rows, s->out->count, sizeof *s->out->rows, most_comments_first);
}

static void count_saying(struct asking *s, enum theme_saying saying)
{
	const struct cells *cells = &s->by[saying];
	for (size_t i = 0; i < cells->count[0]; i++) {
		struct theme_row *row = row_of(s->out, cells->values[0][i].text);
		int64_t by[THEMES_GROUPS] = { 0 };
		if (!row)
			continue;
		add_groups(&cells->at[i].sums, by);
		for (int g = 0; g < THEMES_GROUPS; g++) {
			struct theme_part *const parts[] = { &row->groups[g], &row->all };
			for (int k = 0; k < 2; k++)
				*(saying == THEME_PRAISED ? &parts[k]->praised
				                          : &parts[k]->criticised) += by[g];
		}
	}
}

static bool count_sayings(struct asking *s, struct err *err)
{
	for (int saying = 0; saying < THEME_SAYINGS; saying++) {
		s->q.wants_clusters = s->q.wants_across = saying == THEME_NAMED && !s->is_brief;
		if (!ask(s, (struct dim){ .kind = DIM_THEME, .saying = (enum theme_saying)saying },
		         (struct dim){ 0 }, &s->by[saying], err))
			return false;
	}
	s->q.wants_clusters = s->q.wants_across = false;
	find_rows(s);
	count_saying(s, THEME_PRAISED);
	count_saying(s, THEME_CRITICISED);
	return true;
}

static size_t month_of(const struct themes *o, int64_t day)
{
	size_t i = 0;
	while (i < o->month_count && o->month_days[i] != day)
		i++;
	return i;
}

static const struct dim month = { .kind = DIM_TIME, .unit = PERIOD_MONTH };

/* By month, of each row, where somebody says it so. */
static bool count_months_of(struct asking *s, enum theme_saying saying, struct err *err)
{
	const struct themes *o = s->out;
	struct cells by_theme;
	if (!ask(s, (struct dim){ .kind = DIM_THEME, .saying = saying }, month, &by_theme, err))
		return false;
	for (size_t i = 0; i < by_theme.count[0]; i++) {
		struct theme_row *row = row_of(o, by_theme.values[0][i].text);
		for (size_t m = 0; row && m < by_theme.count[1]; m++) {
			size_t at = month_of(o, by_theme.values[1][m].id);
			const struct cell *cell = &by_theme.at[i * by_theme.count[1] + m];
			if (at < o->month_count)
				(saying == THEME_NAMED ? row->months : row->criticised_months)[at] =
				    answers_of(&cell->sums);
		}
	}
	return true;
}

static bool count_months(struct asking *s, struct err *err)
{
	struct themes *o = s->out;
	struct cells all;
	if (!ask(s, month, (struct dim){ 0 }, &all, err))
		return false;
	o->month_count = all.count[0];
	o->month_days = ARENA_ARRAY(s->a, int64_t, o->month_count + 1);
	o->month_said = ARENA_ARRAY(s->a, int64_t, o->month_count + 1);
	for (size_t m = 0; m < o->month_count; m++) {
		o->month_days[m] = all.values[0][m].id;
		o->month_said[m] = answers_of(&all.at[m].sums);
	}
	for (size_t i = 0; i < o->count; i++) {
		o->rows[i].months = ARENA_ARRAY(s->a, int64_t, o->month_count + 1);
		o->rows[i].criticised_months = ARENA_ARRAY(s->a, int64_t, o->month_count + 1);
	}
	return count_months_of(s, THEME_NAMED, err) && count_months_of(s, THEME_CRITICISED, err);
}

/* Of `count` months from the first on. */
static struct share months_share(const struct themes *o, const struct theme_row *row, size_t first)
{
	int64_t hits = 0, of = 0;
	for (size_t m = first; m < first + THEMES_TREND_MONTHS; m++) {
		hits += row->criticised_months[m];
		of += o->month_said[m];
	}
	return share_alone(hits, of);
}

static void find_trends(struct themes *o)
{
	if (o->month_count < 2 * (size_t)THEMES_TREND_MONTHS)
		return;
	for (size_t i = 0; i < o->count; i++) {
		struct theme_row *row = &o->rows[i];
		const struct share now = months_share(o, row, o->month_count - THEMES_TREND_MONTHS),
				   before = months_share(o, row,
		                                         o->month_count -
		                                             (size_t)2 * THEMES_TREND_MONTHS);
		row->trend = share_change_of(&now, &before);
	}
}

/* Comments in the order in which answers are visited: whose they are, and which rows they praise or criticise. */
struct comments {
	const struct cells *cells;
	const struct themes *themes;
	int64_t *id;
	int8_t *x;
	uint64_t *cluster, *praise, *criticism; /* praise, criticism: a bit a row */
	size_t count, room, at;
	bool praises; /* the visit at hand */
};

static bool visit(void *context, const struct fact *fact, struct err *err)
{
	struct comments *c = context;
	(void)err;
	if (!c->praises && (c->count == 0 || c->id[c->count - 1] != fact->id)) {
		if (c->count == c->room)
			return true;
		size_t i = c->count++;
		c->id[i] = fact->id;
		c->x[i] = (int8_t)(nps_group_of(fact->score) - NPS_PASSIVE);
		c->cluster[i] = fact->cluster ? fact->cluster : UINT64_C(1) << 32 | i;
	}
	if (c->praises)
		while (c->at < c->count && c->id[c->at] != fact->id)
			c->at++;
	else
		c->at = c->count - 1;
	const struct theme_row *row = row_of(c->themes, c->cells->values[0][fact->values[0]].text);
	size_t place = row ? (size_t)(row - c->themes->rows) : TAXONOMY_THEMES_MAX;
	if (c->at < c->count && place < TAXONOMY_THEMES_MAX)
		*(c->praises ? &c->praise[c->at] : &c->criticism[c->at]) |= UINT64_C(1) << place;
	return true;
}

static bool visit_all(struct asking *s, enum theme_saying saying, struct comments *c,
                      struct err *err)
{
	struct cell_question q = s->q;
	q.dims[0] = (struct dim){ .kind = DIM_THEME, .saying = saying };
	c->cells = &s->by[saying];
	c->praises = saying == THEME_PRAISED;
	c->at = 0;
	return cells_visit(s->facts, s->a, &q, c->cells, visit, c, err);
}

/* Polarities were judged by the text alone; only their sides are kept in columns. */
static void add_mentions(const struct comments *c, size_t i, struct blind_mentions *out)
{
	struct theme_mention all[2 * TAXONOMY_THEMES_MAX];
	struct theme_mentions m = { all, 0 };
	for (uint16_t row = 0; row < TAXONOMY_THEMES_MAX; row++) {
		if (c->praise[i] >> row & 1)
			all[m.count++] = (struct theme_mention){ .theme = row, .polarity = 1 };
		if (c->criticism[i] >> row & 1)
			all[m.count++] = (struct theme_mention){ .theme = row, .polarity = -1 };
	}
	blind_mentions_add(out, &m);
}

static bool find_drivers(struct asking *s, struct err *err)
{
	struct themes *o = s->out;
	size_t room = (size_t)answers_of(&s->by[THEME_CRITICISED].all.sums);
	struct comments c = { .themes = o,
		              .id = ARENA_ARRAY(s->a, int64_t, room + 1),
		              .x = ARENA_ARRAY(s->a, int8_t, room + 1),
		              .cluster = ARENA_ARRAY(s->a, uint64_t, room + 1),
		              .praise = ARENA_ARRAY(s->a, uint64_t, room + 1),
		              .criticism = ARENA_ARRAY(s->a, uint64_t, room + 1),
		              .room = room };
	if (!visit_all(s, THEME_CRITICISED, &c, err) || !visit_all(s, THEME_PRAISED, &c, err))
		return false;
	struct blind_mentions *mentions = blind_mentions_new(s->a, c.count);
	for (size_t i = 0; i < c.count; i++)
		add_mentions(&c, i, mentions);
	uint32_t rows = o->count < TAXONOMY_THEMES_MAX ? (uint32_t)o->count : TAXONOMY_THEMES_MAX;
	theme_drivers_find(s->a, mentions, rows, c.x, c.cluster, c.count, &o->drivers);
	o->looked_into = c.count;
	for (size_t i = 0; i < o->drivers.list.count; i++) {
		const struct theme_driver *d = &o->drivers.of[i];
		*(d->good ? &o->rows[d->theme].praise : &o->rows[d->theme].criticism) = d;
	}
	return true;
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
		                             .mentions = row->all.criticised,
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
static bool find_delights(struct asking *s, struct err *err)
{
	struct themes *o = s->out;
	struct delights *d = &o->delights;
	const struct cells *praised = &s->by[THEME_PRAISED];
	size_t kept = 0;
	if (!delights_find(s->facts, s->a, &s->q, praised, d, err))
		return false;
	o->delighted = ARENA_ARRAY(s->a, const struct theme_row *, d->count + 1);
	for (size_t i = 0; i < d->count; i++) {
		const struct theme_row *row = row_of(o, praised->values[0][d->list[i].theme].text);
		if (!row)
			continue;
		o->delighted[kept] = row;
		d->list[kept++] = d->list[i];
	}
	d->count = kept;
	return true;
}

static bool ask_all(struct asking *s, struct err *err)
{
	if (!count_months(s, err) || !find_drivers(s, err) || !find_efforts(s, err) ||
	    !find_delights(s, err))
		return false;
	find_trends(s->out);
	find_stakes(s);
	return true;
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
	return out->said == 0 || (count_sayings(&s, err) && (s.is_brief || ask_all(&s, err)));
}
