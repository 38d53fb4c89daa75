/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/segment_report.h"

#include <inttypes.h>

#define NAME_CELLS 22

/* A value as a line begins with it; what has no name of its own is said. */
static void put_name(struct buf *out, const struct cell_value *value)
{
	Str text = value->rest       ? STR("all further ones")
	           : value->text.len ? value->text
	                             : STR("not known");
	size_t cells = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if ((c & 0xc0) != 0x80 && ++cells > NAME_CELLS)
			break;
		/* Nothing in a value may speak to the terminal. */
		buf_add_char(out, c < 0x20 || c == 0x7f ? ' ' : text.at[i]);
	}
	if (value->version && cells + 5 < NAME_CELLS) {
		buf_printf(out, " v%-3d", value->version);
		cells += 5;
	}
	for (; cells < NAME_CELLS; cells++)
		buf_add_char(out, ' ');
}

static void put_from_rest(struct buf *out, const struct segment *s)
{
	double change = nps_rounded(s->from_rest.change);
	if (!s->from_rest.shown)
		return;
	if (change == 0) {
		buf_add(out, STR("   as the rest"));
		return;
	}
	buf_printf(out, "   %.0f %s%s", change > 0 ? change : -change,
	           change > 0 ? "above the rest" : "below the rest",
	           s->real ? "" : "; that could be chance");
}

static void put_line(struct buf *out, const struct segment *s)
{
	const struct nps_figure *f = &s->figure;
	buf_add(out, STR("  "));
	put_name(out, &s->value);
	if (f->label == NPS_HIDDEN)
		buf_printf(out, "    –%15" PRId64 " %s", f->responses,
		           f->responses == 1 ? "answer" : "answers");
	else
		buf_printf(out, " %4.0f (%4.0f to %4.0f)%7" PRId64, nps_whole(f->nps),
		           nps_whole(f->lo), nps_whole(f->hi), f->responses);
	put_from_rest(out, s);
	buf_add_char(out, '\n');
}

static void put_sentence(struct buf *out, const struct segments *s)
{
	size_t real = 0;
	for (size_t i = 0; i < s->count; i++)
		real += s->list[i].real;
	if (s->looked_at == 0)
		buf_add(out, STR("  There is nothing to compare with.\n"));
	else if (real == 0)
		buf_printf(out, "  Of %zu compared, none differs by more than chance.\n",
		           s->looked_at);
	else
		buf_printf(out, "  Of %zu compared, %zu %s by more than chance.\n", s->looked_at,
		           real, real == 1 ? "differs" : "differ");
}

void segment_report_write(struct buf *out, Str by, const struct segments *s)
{
	buf_printf(out, "\n  By %.*s: score, its range, answers, against all other answers\n",
	           STR_FMT(by));
	for (size_t i = 0; i < s->count && i < SEGMENT_REPORT_LINES; i++)
		put_line(out, &s->list[i]);
	if (s->count > SEGMENT_REPORT_LINES)
		buf_printf(out, "  and %zu more with fewer answers\n",
		           s->count - SEGMENT_REPORT_LINES);
	put_sentence(out, s);
}

static void put_range(struct json_writer *w, const char *key, bool shown, double lo, double hi)
{
	json_put_key(w, str_of(key));
	if (!shown) {
		json_put_null(w);
		return;
	}
	json_put_list(w);
	json_put_real(w, nps_rounded(lo));
	json_put_real(w, nps_rounded(hi));
	json_put_list_end(w);
}

static void put_points(struct json_writer *w, const char *key, bool shown, double points)
{
	json_put_key_real_if(w, key, shown, nps_rounded(points));
}

static void put_segment(struct json_writer *w, const struct segment *s)
{
	const struct nps_figure *f = &s->figure;
	const struct nps_change *c = &s->from_rest;
	json_put_dict(w);
	json_put_key_text(w, "value", s->value.rest ? (Str){ 0 } : s->value.text);
	if (s->value.version)
		json_put_key_i64(w, "version", s->value.version);
	json_put_key_bool(w, "rest", s->value.rest);
	put_points(w, "nps", f->label != NPS_HIDDEN, f->nps);
	put_range(w, "interval", f->label != NPS_HIDDEN, f->lo, f->hi);
	json_put_key_i64(w, "responses", f->responses);
	put_points(w, "from_rest", c->shown, c->change);
	put_range(w, "from_rest_interval", c->shown, c->lo, c->hi);
	json_put_key_bool(w, "real", s->real);
	json_put_dict_end(w);
}

void segment_report_put(struct json_writer *w, Str by, const struct segments *s)
{
	json_put_key_text(w, "by", by);
	json_put_key(w, STR("segments"));
	json_put_list(w);
	for (size_t i = 0; i < s->count; i++)
		put_segment(w, &s->list[i]);
	json_put_list_end(w);
}
