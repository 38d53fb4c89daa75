/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/said_report.h"

#include <inttypes.h>

#include "insight/figure_json.h"
#include "insight/said.h"

#define SHOWN        3
#define NAME_COLUMNS 28

bool said_report_ask(const struct facts *facts, struct arena *a, const struct cell_question *q,
                     struct insight_answer *answer, struct err *err)
{
	for (size_t i = 0; i < answer->count; i++) {
		struct insight_part *part = &answer->parts[i];
		struct themes *said = ARENA_NEW(a, struct themes);
		const struct cell_part key = { .kind = part->kind,
			                       .brand_id = part->brand_id,
			                       .touchpoint_id = part->touchpoint_id,
			                       .touchpoint_code = part->touchpoint_code };
		const struct themes_question of = { .cells = *q,
			                            .part = one_part_key(a, &key),
			                            .brief = true };
		if (!themes_ask(facts, a, &of, said, err))
			return false;
		part->said = said;
	}
	return true;
}

static int percent(double share)
{
	return (int)(100 * share + .5);
}

static void put_name(struct buf *out, Str name)
{
	int width = 0;
	for (size_t i = 0; i < name.len; i++)
		width += ((unsigned char)name.at[i] & 0xC0) != 0x80;
	buf_add(out, name);
	for (; width < NAME_COLUMNS; width++)
		buf_add_char(out, ' ');
}

static void write_side(struct buf *out, const struct themes *t, enum said_side side,
                       const char *title)
{
	const struct theme_row *most[SAID_MOST];
	int group = side == SAID_DELIGHTS ? NPS_PROMOTER : NPS_DETRACTOR;
	size_t count = said_most(t, side, most);
	if (count == 0)
		return;
	buf_printf(out, "  %s\n", title);
	for (size_t i = 0; i < count && i < SHOWN; i++) {
		const struct share *s = said_share(most[i], group, side);
		double lo, hi;
		share_range(s, &lo, &hi);
		buf_add(out, STR("    "));
		put_name(out, most[i]->theme->name);
		buf_printf(out, " about %d %% (%d to %d)\n",
		           percent((double)s->hits / (double)s->of), percent(lo), percent(hi));
	}
}

void said_report_write(struct buf *out, const struct themes *t)
{
	if (t->said < SAID_REPORT_COMMENTS)
		return;
	buf_printf(out, "\n  What the %" PRId64 " comments say, as read by the machine:\n",
	           t->said);
	write_side(out, t, SAID_PAINS, "Detractors criticise");
	write_side(out, t, SAID_DELIGHTS, "Promoters praise");
}

static void put_side(struct json_writer *w, const char *key, const struct themes *t,
                     enum said_side side)
{
	const struct theme_row *most[SAID_MOST];
	int group = side == SAID_DELIGHTS ? NPS_PROMOTER : NPS_DETRACTOR;
	size_t count = said_most(t, side, most);
	json_put_key(w, str_of(key));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		const struct share *s = said_share(most[i], group, side);
		double lo, hi;
		share_range(s, &lo, &hi);
		json_put_dict(w);
		json_put_key_text(w, "theme", most[i]->theme->code);
		json_put_key_text(w, "name", most[i]->theme->name);
		json_put_key_i64(w, "comments", s->hits);
		json_put_key_i64(w, "of", s->of);
		json_put_key_real(w, "share", (double)s->hits / (double)s->of);
		figure_put_interval(w, "interval", true, lo, hi);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

void said_report_put(struct json_writer *w, const struct themes *t)
{
	json_put_key(w, STR("said"));
	json_put_dict(w);
	json_put_key_text(w, "grade", STR("estimated"));
	json_put_key_i64(w, "comments", t->said);
	put_side(w, "pains", t, SAID_PAINS);
	put_side(w, "delights", t, SAID_DELIGHTS);
	json_put_dict_end(w);
}
