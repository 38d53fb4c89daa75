/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/shared_draw.h"

#include <math.h>

#define WIDTH        720.0
#define HEIGHT       240.0
#define LEFT         44.0
#define RIGHT        34.0
#define TOP          12.0
#define BOTTOM       28.0
#define STEP         20.0
#define TICKS_MAX    7
#define SVG_PATH_MAX ((size_t)1 << 16)

struct canvas {
	struct arena *arena;
	double low, high;
	size_t count;
};

static double x_of(const struct canvas *c, size_t i)
{
	double last = c->count > 1 ? (double)(c->count - 1) : 1;
	return LEFT + (double)i / last * (WIDTH - LEFT - RIGHT);
}

static double y_of(const struct canvas *c, double value)
{
	return TOP + (c->high - value) / (c->high - c->low) * (HEIGHT - TOP - BOTTOM);
}

static Str place(const struct canvas *c, double v)
{
	return str_printf(c->arena, "%.1f", v);
}

static void widen(struct canvas *c, const struct nps_figure *f)
{
	c->low = fmin(c->low, floor(f->lo / STEP) * STEP);
	c->high = fmax(c->high, ceil(f->hi / STEP) * STEP);
}

static bool canvas_make(struct arena *a, const struct shared_part *p, struct canvas *out)
{
	*out = (struct canvas){ .arena = a, .low = 100, .high = -100, .count = p->point_count };
	size_t shown = 0;
	for (size_t i = 0; i < p->point_count; i++) {
		if (p->points[i].hidden || p->points[i].figure.label == NPS_HIDDEN)
			continue;
		widen(out, &p->points[i].figure);
		shown++;
	}
	if (out->high <= out->low)
		out->high = out->low + STEP;
	return shown > 1;
}

static void put_grid(struct template_dict *trend, const struct canvas *c)
{
	double step = c->high - c->low > 100 ? 2 * STEP : STEP;
	double first = ceil(c->low / step) * step;
	for (int i = 0; first + i * step <= c->high; i++) {
		double v = first + i * step;
		struct template_dict *line = template_list_add(trend, "grid");
		template_set(line, "y", place(c, y_of(c, v)));
		template_set(line, "text_y", place(c, y_of(c, v) + 4));
		template_set(line, "label", shared_score(c->arena, v));
		template_set_bool(line, "zero", fabs(v) < 0.5);
	}
}

static bool is_shown(const struct shared_point *p)
{
	return !p->hidden && p->figure.label != NPS_HIDDEN;
}

/* A run of points that are shown, from..to: its band there and back, and its line. */
static void put_run(struct template_dict *trend, const struct canvas *c,
                    const struct shared_point *points, size_t from, size_t to)
{
	struct template_dict *run = template_list_add(trend, "runs");
	struct buf *band = buf_in(c->arena, SVG_PATH_MAX), *line = buf_in(c->arena, SVG_PATH_MAX);
	for (size_t i = from; i < to; i++) {
		const struct nps_figure *f = &points[i].figure;
		char step = i == from ? 'M' : 'L';
		buf_printf(band, "%c%.1f,%.1f", step, x_of(c, i), y_of(c, f->hi));
		buf_printf(line, "%c%.1f,%.1f", step, x_of(c, i), y_of(c, f->nps));
	}
	for (size_t i = to; i-- > from;)
		buf_printf(band, "L%.1f,%.1f", x_of(c, i), y_of(c, points[i].figure.lo));
	buf_add_char(band, 'Z');
	if (band->overflowed || line->overflowed)
		return;
	template_set(run, "band", buf_str(band));
	template_set(run, "line", buf_str(line));
}

static void put_runs(struct template_dict *trend, const struct canvas *c,
                     const struct shared_part *p)
{
	for (size_t i = 0; i < p->point_count;) {
		size_t from = i;
		while (i < p->point_count && is_shown(&p->points[i]))
			i++;
		if (i > from)
			put_run(trend, c, p->points, from, i);
		else
			i++;
	}
}

static Str range(struct arena *a, const struct nps_figure *f, Str to)
{
	Str lo = shared_score(a, f->lo), hi = shared_score(a, f->hi);
	return str_printf(a, "%.*s %.*s %.*s", STR_FMT(lo), STR_FMT(to), STR_FMT(hi));
}

struct legend {
	enum door_language language;
	enum period_unit unit;
};

static Str said(const struct canvas *c, const struct legend *l, const struct shared_point *p)
{
	Str name = shared_period(c->arena, l->language, l->unit, p->first_day);
	Str score = shared_score(c->arena, p->figure.nps), n;
	n = shared_number(c->arena, l->language, p->figure.responses);
	return str_printf(c->arena, "%.*s: %.*s (%.*s %.*s)", STR_FMT(name), STR_FMT(score),
	                  STR_FMT(n), STR_FMT(shared_word(l->language, "t_answers")));
}

static void put_row(struct template_dict *trend, const struct canvas *c, const struct legend *l,
                    const struct shared_point *p)
{
	struct template_dict *row = template_list_add(trend, "rows");
	template_set(row, "period", shared_period(c->arena, l->language, l->unit, p->first_day));
	template_set_bool(row, "shown", is_shown(p));
	if (!is_shown(p))
		return;
	template_set(row, "score", shared_score(c->arena, p->figure.nps));
	template_set(row, "range", range(c->arena, &p->figure, shared_word(l->language, "t_to")));
	template_set(row, "n", shared_number(c->arena, l->language, p->figure.responses));
}

static void put_points(struct template_dict *trend, const struct canvas *c, const struct legend *l,
                       const struct shared_part *p)
{
	size_t every = (p->point_count + TICKS_MAX - 1) / TICKS_MAX;
	for (size_t i = 0; i < p->point_count; i++) {
		const struct shared_point *point = &p->points[i];
		put_row(trend, c, l, point);
		if (i % every == 0) {
			struct template_dict *tick = template_list_add(trend, "ticks");
			template_set_bool(tick, "between", i / every % 3 != 0);
			template_set(tick, "x", place(c, x_of(c, i)));
			template_set(tick, "label",
			             shared_period(c->arena, l->language, l->unit,
			                           point->first_day));
		}
		if (!is_shown(point))
			continue;
		struct template_dict *dot = template_list_add(trend, "dots");
		template_set(dot, "x", place(c, x_of(c, i)));
		template_set(dot, "y", place(c, y_of(c, point->figure.nps)));
		template_set_bool(dot, "rough", point->figure.label == NPS_ROUGH);
		template_set(dot, "title", said(c, l, point));
	}
}

static Str spoken(const struct canvas *c, const struct legend *l, const struct shared_part *p)
{
	const struct shared_point *first = NULL, *last = NULL;
	for (size_t i = 0; i < p->point_count; i++) {
		if (!is_shown(&p->points[i]))
			continue;
		first = first ? first : &p->points[i];
		last = &p->points[i];
	}
	if (!first)
		return STR("");
	Str from = said(c, l, first), to = said(c, l, last);
	return str_printf(c->arena, "%.*s – %.*s", STR_FMT(from), STR_FMT(to));
}

void shared_draw_trend(struct template_dict *part, struct arena *a, enum door_language language,
                       enum period_unit unit, const struct shared_part *p)
{
	struct canvas c;
	struct legend legend = { language, unit };
	if (!canvas_make(a, p, &c))
		return;
	struct template_dict *trend = template_list_add(part, "trend");
	put_grid(trend, &c);
	put_runs(trend, &c, p);
	put_points(trend, &c, &legend, p);
	template_set(trend, "spoken", spoken(&c, &legend, p));
}

struct shared_ends shared_ends_of(const struct shared_part *p)
{
	struct shared_ends ends = { p->figure.lo, p->figure.hi };
	for (size_t i = 0; i < p->group_count; i++) {
		if (p->groups[i].hidden)
			continue;
		ends.low = fmin(ends.low, p->groups[i].figure.lo);
		ends.high = fmax(ends.high, p->groups[i].figure.hi);
	}
	ends.high = fmax(ends.high, ends.low + 1);
	return ends;
}

void shared_draw_range(struct template_dict *group, struct arena *a, struct shared_ends ends,
                       const struct nps_figure *f)
{
	double unit = 100 / (ends.high - ends.low);
	template_set(group, "bar_x", str_printf(a, "%.2f", (f->lo - ends.low) * unit));
	template_set(group, "bar_width", str_printf(a, "%.2f", (f->hi - f->lo) * unit));
	template_set(group, "dot_x", str_printf(a, "%.2f", (f->nps - ends.low) * unit));
}

struct shared_ends shared_ends_of_steps(const struct shared_steps *s)
{
	struct shared_ends ends = { fmin(s->before, s->now), fmax(s->before, s->now) };
	double at = s->before;
	for (size_t i = 0; i < s->count; i++) {
		double middle = at + s->at[i].answered;
		at = middle + s->at[i].said;
		ends.low = fmin(ends.low, fmin(middle, at));
		ends.high = fmax(ends.high, fmax(middle, at));
	}
	ends.high = fmax(ends.high, ends.low + 1);
	return ends;
}

static Str on_line(struct arena *a, struct shared_ends ends, double score)
{
	return str_printf(a, "%.2f", (score - ends.low) * 100 / (ends.high - ends.low));
}

void shared_draw_dot(struct template_dict *row, struct arena *a, struct shared_ends ends,
                     double score)
{
	template_set(row, "dot_x", on_line(a, ends, score));
}

double shared_draw_step(struct template_dict *row, struct arena *a, struct shared_ends ends,
                        double from, const struct shared_step *step)
{
	double middle = from + step->answered, to = middle + step->said;
	double unit = 100 / (ends.high - ends.low);
	template_set(row, "answered_x", on_line(a, ends, fmin(from, middle)));
	template_set(row, "answered_width", str_printf(a, "%.2f", fabs(step->answered) * unit));
	template_set(row, "said_x", on_line(a, ends, fmin(middle, to)));
	template_set(row, "said_width", str_printf(a, "%.2f", fabs(step->said) * unit));
	template_set_bool(row, "answered_up", step->answered > 0);
	template_set_bool(row, "said_up", step->said > 0);
	template_set(row, "link_x", on_line(a, ends, from));
	return to;
}
