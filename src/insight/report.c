/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/report.h"

#include <inttypes.h>
#include <string.h>

#include "base/zone.h"
#include "insight/insight_json.h"
#include "insight/outlook_report.h"
#include "insight/said_report.h"
#include "insight/segment_report.h"

#define BAR_CELLS  44
#define SPARKS_MAX 60

#define RESET  "\x1b[0m"
#define BOLD   "\x1b[1m"
#define DIM    "\x1b[2m"
#define GREEN  "\x1b[32m"
#define YELLOW "\x1b[33m"
#define RED    "\x1b[31m"

static const char *paint(const struct report_style *style, const char *code)
{
	return style->colour ? code : "";
}

static const char *colour_of(enum nps_group group)
{
	switch (group) {
	case NPS_DETRACTOR:
		return RED;
	case NPS_PASSIVE:
		return YELLOW;
	case NPS_PROMOTER:
		return GREEN;
	}
	return "";
}

static int percent(int64_t part, int64_t whole)
{
	return whole > 0 ? (int)((part * 200 + whole) / (whole * 2)) : 0;
}

static const char *plural(int64_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

/* Eighths of a cell, so that 1 % is seen beside 60 %. */
static void put_bar(struct buf *out, int64_t n, int64_t most)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	int64_t length = most > 0 ? (n * BAR_CELLS * 8 + most / 2) / most : 0;
	if (n > 0 && length == 0)
		length = 1;
	int64_t whole = length / 8, part = length % 8;
	for (int64_t i = 0; i < whole; i++)
		buf_add(out, STR("█"));
	buf_add(out, str_of(eighths[part]));
	for (int64_t i = whole + (part > 0); i < BAR_CELLS; i++)
		buf_add_char(out, ' ');
}

static void put_distribution(struct buf *out, const struct insight_count *count,
                             const struct report_style *style)
{
	int64_t most = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		most = count->by_score[score] > most ? count->by_score[score] : most;
	for (int score = NPS_SCORE_MAX; score >= 0; score--) {
		int64_t n = count->by_score[score];
		buf_printf(out, "  %2d  %s", score, paint(style, colour_of(nps_group_of(score))));
		put_bar(out, n, most);
		int share = percent(n, count->figure.responses);
		buf_printf(out, "%s %8" PRId64 "  %s%d %%\n", paint(style, RESET), n,
		           n > 0 && share == 0 ? " <"
		           : share < 10        ? "  "
		           : share < 100       ? " "
		                               : "",
		           share + (n > 0 && share == 0));
	}
}

static void put_shares(struct buf *out, const struct nps_figure *f,
                       const struct report_style *style)
{
	const struct {
		const char *name;
		int64_t n;
		enum nps_group group;
	} shares[] = { { "Promoters", f->promoters, NPS_PROMOTER },
		       { "Passives", f->passives, NPS_PASSIVE },
		       { "Detractors", f->detractors, NPS_DETRACTOR } };
	for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
		buf_printf(out, "%s%s%s%s %" PRId64 ", %d %%", i ? "   " : "  ",
		           paint(style, colour_of(shares[i].group)), shares[i].name,
		           paint(style, RESET), shares[i].n, percent(shares[i].n, f->responses));
	buf_add_char(out, '\n');
}

/* Names come from files too: nothing in them may speak to the terminal. */
static void put_plain(struct buf *out, Str text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool control = (unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7f;
		buf_add_char(out, control ? ' ' : text.at[i]);
	}
}

static bool point_shows(const struct insight_point *point)
{
	return point->count.figure.label != NPS_HIDDEN;
}

static void put_spark(struct buf *out, const struct insight_point *point, double low, double high)
{
	static const char *const levels[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	if (!point_shows(point)) {
		buf_add_char(out, ' ');
		return;
	}
	double range = high - low;
	double height = range > 0 ? (point->count.figure.nps - low) / range : 0.5;
	buf_add(out, str_of(levels[(int)(height * 7 + 0.5)]));
}

static void put_sparkline(struct buf *out, const struct insight_part *part,
                          const struct report_style *style)
{
	size_t start = part->point_count > SPARKS_MAX ? part->point_count - SPARKS_MAX : 0,
	       shown = 0;
	double low = 100, high = -100;
	for (size_t i = start; i < part->point_count; i++) {
		if (!point_shows(&part->points[i]))
			continue;
		double nps = part->points[i].count.figure.nps;
		low = nps < low ? nps : low;
		high = nps > high ? nps : high;
		shown++;
	}
	if (shown < 2)
		return;
	char from[16], to[16];
	calendar_write_day(part->points[start].first_day, from);
	calendar_write_day(part->points[part->point_count - 1].last_day, to);
	buf_add(out, STR("\n  "));
	for (size_t i = start; i < part->point_count; i++)
		put_spark(out, &part->points[i], low, high);
	buf_printf(out, "\n  %sby %s, %s to %s: between %.0f and %.0f%s\n", paint(style, DIM),
	           period_unit_name(style->unit), from, to, nps_whole(low), nps_whole(high),
	           paint(style, RESET));
}

static void sentence(struct buf *out, const struct nps_figure *f)
{
	if (f->label == NPS_HIDDEN) {
		buf_printf(out,
		           "%" PRId64
		           " %s so far: a score is shown from %d answers on, as fewer say "
		           "nothing.",
		           f->responses, plural(f->responses, "answer", "answers"),
		           NPS_ANSWERS_SHOWN);
		return;
	}
	buf_printf(out,
	           "Of 100 customers who answered, %d would recommend you and %d would not;\n"
	           "  among all your customers the score is likely between %.0f and %.0f.",
	           percent(f->promoters, f->responses), percent(f->detractors, f->responses),
	           nps_whole(f->lo), nps_whole(f->hi));
	if (f->label == NPS_ROUGH)
		buf_printf(out, "\n  It rests on %" PRId64 " answers: a rough first look.",
		           f->responses);
}

static void put_title(struct buf *out, const struct insight_part *part,
                      const struct report_style *style)
{
	Str what = part->kind == SURVEY_RELATIONSHIP ? STR("Relationship")
	           : part->touchpoint.len            ? part->touchpoint
	                                             : STR("Transactional");
	buf_printf(out, "  %s", paint(style, BOLD));
	put_plain(out, what);
	if (part->brand.len) {
		buf_add(out, STR(" · "));
		put_plain(out, part->brand);
	}
	buf_printf(out, "%s\n", paint(style, RESET));
}

static void put_days(struct buf *out, const struct insight_part *part,
                     const struct report_style *style)
{
	struct calendar days = { .zone = style->zone, .unit = PERIOD_DAY };
	char from[16], to[16];
	if (part->first_at == 0)
		return;
	calendar_write_day(calendar_day_of(&days, part->first_at), from);
	calendar_write_day(calendar_day_of(&days, part->last_at), to);
	buf_printf(out, ", %s to %s", from, to);
}

static void put_score(struct buf *out, const struct insight_part *part,
                      const struct report_style *style)
{
	const struct nps_figure *f = &part->count.figure;
	if (f->label == NPS_HIDDEN)
		buf_printf(out, "  %s–%s", paint(style, BOLD), paint(style, RESET));
	else
		buf_printf(out, "  %s%.1f%s   likely between %.1f and %.1f", paint(style, BOLD),
		           nps_rounded(f->nps), paint(style, RESET), nps_rounded(f->lo),
		           nps_rounded(f->hi));
	buf_printf(out, "\n  %s%" PRId64 " %s", paint(style, DIM), f->responses,
	           plural(f->responses, "answer", "answers"));
	if (f->people != f->responses)
		buf_printf(out, " from %" PRId64 " %s", f->people,
		           plural(f->people, "person", "people"));
	put_days(out, part, style);
	if (f->deff > 1)
		buf_printf(out, "; as sure as %.0f independent answers", f->effective_n);
	buf_printf(out, "%s\n", paint(style, RESET));
}

static void put_left_out(struct buf *out, const struct cell_left_out *left)
{
	const struct {
		int64_t n;
		const char *why;
	} whys[] = { { left->without_score, "without a score" },
		     { left->dismissed, "closed unanswered" },
		     { left->excluded, "excluded by hand" },
		     { left->unconfirmed, "unconfirmed" },
		     { left->test, "of tests" },
		     { left->deleted, "in the bin" } };
	const char *before = "\n  Not counted: ";
	for (size_t i = 0; i < sizeof whys / sizeof whys[0]; i++) {
		if (whys[i].n == 0)
			continue;
		buf_printf(out, "%s%" PRId64 " %s", before, whys[i].n, whys[i].why);
		before = ", ";
	}
	if (before[0] == ',')
		buf_add(out, STR(".\n"));
}

static void put_change(struct buf *out, const struct nps_change *c)
{
	double change = nps_rounded(c->change);
	if (change == 0)
		buf_add(out, STR("It is the same as then"));
	else
		buf_printf(out, "It %s by %.1f since then", change > 0 ? "rose" : "fell",
		           change > 0 ? change : -change);
	if (c->beyond_chance)
		buf_printf(out, ", likely between %+.0f and %+.0f:\n  more than chance.",
		           nps_whole(c->lo), nps_whole(c->hi));
	else
		buf_printf(out, ", likely between %+.0f and %+.0f:\n  that could still be chance.",
		           nps_whole(c->lo), nps_whole(c->hi));
}

static void put_comparison(struct buf *out, const struct insight_part *part,
                           const struct compare_period *compare)
{
	const struct nps_figure *then = &part->before.count.figure;
	if (!compare || !compare->with)
		return;
	buf_printf(out, "\n  From %.*s to %.*s: ", STR_FMT(compare->from_day),
	           STR_FMT(compare->to_day));
	if (then->label == NPS_HIDDEN)
		buf_printf(out, "%" PRId64 " %s, too few to compare with.", then->responses,
		           plural(then->responses, "answer", "answers"));
	else
		buf_printf(out, "%.1f of %" PRId64 " answers. ", nps_rounded(then->nps),
		           then->responses);
	if (part->before.change.shown)
		put_change(out, &part->before.change);
	buf_add_char(out, '\n');
}

void report_write(struct buf *out, Str name, const struct insight_answer *answer,
                  const struct report_style *style)
{
	buf_add(out, STR("\n  "));
	put_plain(out, name);
	buf_add_char(out, '\n');
	if (answer->count == 0)
		buf_add(out, STR("  No answers with a score yet.\n"));
	for (size_t i = 0; i < answer->count; i++) {
		const struct insight_part *part = &answer->parts[i];
		buf_add_char(out, '\n');
		if (part->brand.len) /* a file of somebody else's names none */
			put_title(out, part, style);
		put_score(out, part, style);
		buf_add_char(out, '\n');
		put_distribution(out, &part->count, style);
		buf_add_char(out, '\n');
		put_shares(out, &part->count.figure, style);
		put_sparkline(out, part, style);
		buf_add(out, STR("\n  "));
		sentence(out, &part->count.figure);
		buf_add_char(out, '\n');
		put_comparison(out, part, style->compare);
		if (part->outlook)
			outlook_write(out, &part->count.figure, part->outlook);
		if (part->said)
			said_report_write(out, part->said);
		put_left_out(out, &part->left_out);
		if (part->segments)
			segment_report_write(out, style->by, part->segments);
	}
	if (answer->count > 1)
		buf_add(out, STR("\n  Each score stands for itself: different questions are not "
		                 "added up.\n"));
	buf_add_char(out, '\n');
}

static void put_figure(struct json_writer *w, const struct insight_count *count)
{
	const struct nps_figure *f = &count->figure;
	if (f->label == NPS_HIDDEN) {
		json_put_key(w, STR("nps"));
		json_put_null(w);
		json_put_key(w, STR("interval"));
		json_put_null(w);
	} else {
		json_put_key_real(w, "nps", nps_rounded(f->nps));
		json_put_key(w, STR("interval"));
		json_put_list(w);
		json_put_real(w, nps_rounded(f->lo));
		json_put_real(w, nps_rounded(f->hi));
		json_put_list_end(w);
	}
	json_put_key_text(w, "label", str_of(nps_label_name(f->label)));
	json_put_key_i64(w, "responses", f->responses);
	json_put_key_i64(w, "promoters", f->promoters);
	json_put_key_i64(w, "passives", f->passives);
	json_put_key_i64(w, "detractors", f->detractors);
	json_put_key_i64(w, "people", f->people);
	json_put_key_real(w, "effective_n", nps_rounded(f->effective_n));
	json_put_key(w, STR("distribution"));
	json_put_list(w);
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		json_put_i64(w, count->by_score[score]);
	json_put_list_end(w);
}

static void put_before(struct json_writer *w, const struct insight_before *before,
                       const struct compare_period *compare)
{
	json_put_key(w, STR("comparison"));
	json_put_dict(w);
	json_put_key_text(w, "from", compare->from_day);
	json_put_key_text(w, "to", compare->to_day);
	put_figure(w, &before->count);
	if (before->change.shown) {
		json_put_key_real(w, "change", nps_rounded(before->change.change));
		json_put_key(w, STR("change_interval"));
		json_put_list(w);
		json_put_real(w, nps_rounded(before->change.lo));
		json_put_real(w, nps_rounded(before->change.hi));
		json_put_list_end(w);
		json_put_key_bool(w, "beyond_chance", before->change.beyond_chance);
	}
	json_put_dict_end(w);
}

void report_put(struct json_writer *w, struct arena *a, const struct insight_answer *answer,
                const struct report_style *style)
{
	static const struct insight_count nothing;
	put_figure(w, answer->count > 0 ? &answer->parts[0].count : &nothing);
	json_put_key(w, STR("parts"));
	json_put_list(w);
	for (size_t i = 0; i < answer->count; i++) {
		const struct insight_part *part = &answer->parts[i];
		json_put_dict(w);
		json_put_key_text(w, "kind", str_of(survey_kind_name(part->kind)));
		json_put_key_text(w, "brand", part->brand);
		json_put_key_text(w, "touchpoint", part->touchpoint_code);
		put_figure(w, &part->count);
		insight_put_left_out(w, &part->left_out);
		if (style->compare && style->compare->with)
			put_before(w, &part->before, style->compare);
		if (part->segments)
			segment_report_put(w, style->by, part->segments);
		if (part->outlook)
			outlook_put(w, a, part->outlook);
		if (part->said)
			said_report_put(w, part->said);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}
