/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/share_check_draw.h"

#include "base/buf.h"
#include "base/clock.h"
#include "insight/themes.h"
#include "reading/theme.h"
#include "stats/sample.h"

#define FILTER_BYTES_MAX 16384

/* What stands the same whatever the days are. */
static Str filter_text(const struct answer_filter *asked, struct arena *a)
{
	struct answer_filter f = *asked;
	struct buf *out = buf_in(a, FILTER_BYTES_MAX);
	f.from_day = f.to_day = (Str){ 0 };
	filter_write(&f, out);
	return out->len ? buf_str(out) : STR("");
}

static int64_t end_of(const struct check_question *q)
{
	const struct answer_filter *f = &q->asked->filter;
	int64_t as_of = q->facts->as_of ? q->facts->as_of : q->now;
	return f->to_day.at && f->before < as_of ? f->before : as_of;
}

static struct cell_question question_of(const struct check_question *q,
                                        const struct answer_filter *filter)
{
	return (struct cell_question){ .scope = &q->asked->scope,
		                       .filter = filter,
		                       .part = q->part->part,
		                       .zone = q->asked->zone,
		                       .week_start = q->asked->workspace.week_start,
		                       .hides_names = q->asked->hides_names };
}

bool share_check_whole(const struct check_question *q, struct arena *a, int64_t comments[static 3],
                       struct err *err)
{
	struct answer_filter said = q->asked->filter;
	struct cell_question question = question_of(q, &said);
	struct cells cells;
	themes_only_said(&said);
	if (!cells_ask(q->facts, a, &question, &cells, err))
		return false;
	for (int g = 0; g < 3; g++)
		comments[g] = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		comments[nps_group_of(score)] += cells.all.sums.by_score[score];
	return true;
}

struct drawing {
	const struct cells *cells;
	struct check_theme *themes;
	size_t theme_count;
	struct sample sample;
	int64_t first_at;
	int64_t id; /* of the answer at hand, 0: none; it comes once a theme */
	uint64_t machine;
};

static void put_down(struct drawing *d)
{
	if (d->id == 0)
		return;
	sample_offer(&d->sample, d->id, d->machine);
	for (size_t i = 0; i < d->theme_count; i++)
		d->themes[i].machine += (d->machine >> i & 1) != 0;
	d->id = 0;
	d->machine = 0;
}

static bool visit(void *context, const struct fact *fact, struct err *err)
{
	struct drawing *d = context;
	Str code = d->cells->values[0][fact->values[0]].text;
	(void)err;
	if (fact->id != d->id)
		put_down(d);
	d->id = fact->id;
	if (d->first_at == 0 || fact->at < d->first_at)
		d->first_at = fact->at;
	for (size_t i = 0; code.at && i < d->theme_count; i++)
		if (str_eq(code, d->themes[i].code))
			d->machine |= UINT64_C(1) << i;
	return true;
}

/* Those that are shown today. */
static bool ask_themes(const struct check_question *q, struct arena *a, struct drawing *d,
                       struct err *err)
{
	struct workspace_theme *all;
	size_t count;
	if (!theme_list(q->facts->db, a, q->facts->workspace, &all, &count, err))
		return false;
	d->themes = ARENA_ARRAY(a, struct check_theme, count + 1);
	for (size_t i = 0; i < count && d->theme_count < TAXONOMY_THEMES_MAX; i++)
		if (theme_is_shown(&all[i])) {
			d->themes[d->theme_count] =
			    (struct check_theme){ .place = (int)d->theme_count,
				                  .id = all[i].id,
				                  .code = all[i].code,
				                  .name = all[i].name };
			d->theme_count++;
		}
	return true;
}

static void fill(const struct check_question *q, struct arena *a, enum nps_group group,
                 const struct drawing *d, struct check_begin *out)
{
	const struct sample *s = &d->sample;
	const struct answer_filter *f = &q->asked->filter;
	struct check_comment *comments = ARENA_ARRAY(a, struct check_comment, s->count + 1);
	for (size_t i = 0; i < s->count; i++)
		comments[i] = (struct check_comment){ s->at[i].id, s->at[i].with };
	*out = (struct check_begin){
		.check = { .group = group,
		           .part = one_part_key(a, q->part->part),
		           .filter = filter_text(f, a),
		           .scope = share_check_scope(q->caller),
		           .from_day = f->from_day,
		           .to_day = f->to_day,
		           .first_at = d->first_at,
		           .ends_at = end_of(q),
		           .seed = s->seed,
		           .comments = s->offered,
		           .drawn = (int)s->count,
		           .wanted = s->count < CHECK_WANTED ? (int)s->count : CHECK_WANTED,
		           .actor = q->caller->name },
		.themes = d->themes,
		.theme_count = d->theme_count,
		.comments = comments,
	};
}

_Static_assert(TAXONOMY_THEMES_MAX <= 64, "a bit a theme");

bool share_check_draw(const struct check_question *q, struct arena *a, enum nps_group group,
                      uint64_t seed, struct check_begin *out, struct err *err)
{
	struct answer_filter filter = q->asked->filter;
	struct cell_question question = question_of(q, &filter);
	struct drawing d = { 0 };
	struct cells cells;
	themes_only_said(&filter);
	filter.groups = 1U << group;
	question.dims[0].kind = DIM_THEME;
	sample_begin(&d.sample, a, seed, CHECK_MOST);
	if (!ask_themes(q, a, &d, err) || !cells_ask(q->facts, a, &question, &cells, err))
		return false;
	d.cells = &cells;
	if (!cells_visit(q->facts, a, &question, &cells, visit, &d, err))
		return false;
	put_down(&d);
	sample_end(&d.sample);
	if (d.sample.count == 0)
		return err_set(err, ERR_CONFLICT, "no comment of this group says anything here");
	if (d.theme_count == 0)
		return err_set(err, ERR_CONFLICT,
		               "no theme is turned on, so there is none to ask for");
	fill(q, a, group, &d, out);
	return true;
}

static int64_t later(int64_t x, int64_t y)
{
	return x > y ? x : y;
}

static int64_t earlier(int64_t x, int64_t y)
{
	return x < y ? x : y;
}

/* In whole days, begun ones too: a check is not out of date an hour later. */
static bool is_of_the_time(const struct check_question *q, const struct share_check *c)
{
	int64_t from = q->part->part->first_at / CLOCK_DAY, to = end_of(q) / CLOCK_DAY + 1;
	int64_t first = c->first_at / CLOCK_DAY, last = c->ends_at / CLOCK_DAY + 1;
	int64_t both = earlier(to, last) - later(from, first);
	int64_t any = later(to, last) - earlier(from, first);
	return (double)both >= CHECK_OVERLAP * (double)any;
}

bool share_check_fitting(const struct check_question *q, struct arena *a, enum nps_group group,
                         bool *found, struct share_check *out, struct err *err)
{
	struct share_check *all;
	size_t count, i = 0;
	if (!share_check_list(q->facts->db, a, q->caller, one_part_key(a, q->part->part),
	                      filter_text(&q->asked->filter, a), group, &all, &count, err))
		return false;
	while (i < count && !is_of_the_time(q, &all[i]))
		i++;
	*found = i < count;
	if (*found)
		*out = all[i];
	return true;
}
