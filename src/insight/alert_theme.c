/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/alert_theme.h"

#include "account/workspace.h"
#include "base/clock.h"
#include "base/zone.h"
#include "db/list.h"
#include "db/store.h"
#include "insight/alert.h"
#include "insight/emerging.sql.h"
#include "insight/one_part.h"

static bool theme_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct alert_theme *t = out;
	(void)err;
	*t = (struct alert_theme){
		.part = { .kind = (enum survey_kind)db_i64(rows, 0),
		          .brand_id = db_i64(rows, 1),
		          .touchpoint_id = db_i64(rows, 2),
		          .brand = db_text(rows, 3, a),
		          .touchpoint_code = db_text(rows, 4, a),
		          .touchpoint = db_text(rows, 5, a) },
		.theme = { .id = db_i64(rows, 6),
		           .code = db_text(rows, 7, a),
		           .name = db_text(rows, 8, a),
		           .renamed = db_i64(rows, 9) != 0 },
		.emerged = { .seen_day = db_i64(rows, 10),
		             .since_day = db_i64(rows, 11),
		             .share_before = db_real(rows, 12),
		             .share_after = db_real(rows, 13),
		             .times = db_real(rows, 14),
		             .lo = db_real(rows, 15),
		             .hi = db_real(rows, 16),
		             .people = db_i64(rows, 17),
		             .comments = db_i64(rows, 18) },
	};
	return true;
}

bool alert_theme_list(struct db *db, struct arena *a, int64_t workspace, int64_t alert,
                      struct alert_theme **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_alert_themes, DB_ARGS(db_arg_i64(workspace), db_arg_i64(alert)),
	             theme_row, sizeof(struct alert_theme), a, &items, count, err))
		return false;
	*out = items;
	for (size_t i = 0; i < *count; i++)
		(*out)[i].emerged.theme = &(*out)[i].theme;
	return true;
}

struct like {
	int64_t alert, theme;
};

static bool like_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct like *)out = (struct like){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

/* The alert that the theme belongs to; 0: none yet. *told when it is in it already. */
static bool find_like(struct db *db, struct arena *a, int64_t workspace,
                      const struct alert_theme *t, int64_t *alert, bool *told, struct err *err)
{
	void *items;
	size_t count;
	const struct cell_part *p = &t->part;
	int64_t since = t->emerged.since_day;
	if (!db_list(db, &sql_alert_theme_like,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(p->kind), db_arg_i64(p->brand_id),
	                     db_arg_i64(p->touchpoint_id), db_arg_i64(since - ALERT_THEME_APART),
	                     db_arg_i64(since + ALERT_THEME_APART)),
	             like_row, sizeof(struct like), a, &items, &count, err))
		return false;
	const struct like *like = items;
	*alert = count ? like[0].alert : 0;
	*told = false;
	for (size_t i = 0; i < count; i++)
		*told = *told || like[i].theme == t->theme.id;
	return true;
}

static bool write_one(struct db_tx *tx, const struct alert_theme *t, bool *wrote, struct err *err)
{
	const struct emerged *e = &t->emerged;
	int64_t alert;
	bool told;
	if (!find_like(tx->db, tx->arena, tx->workspace, t, &alert, &told, err))
		return false;
	if (told)
		return true;
	*wrote = true;
	if (!alert_open(tx, &alert, err))
		return false;
	return db_exec(tx->db, &sql_alert_theme_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(alert),
	                       db_arg_i64(t->part.kind), db_arg_i64(t->part.brand_id),
	                       db_arg_i64(t->part.touchpoint_id), db_arg_i64(t->theme.id),
	                       db_arg_i64(e->seen_day), db_arg_i64(e->since_day),
	                       db_arg_real(e->share_before), db_arg_real(e->share_after),
	                       db_arg_real(e->times), db_arg_real(e->lo), db_arg_real(e->hi),
	                       db_arg_i64(e->people), db_arg_i64(e->comments)),
	               NULL, err);
}

bool alert_themes_write(struct db_tx *tx, void *alert_themes_found, struct err *err)
{
	const struct alert_themes_found *found = alert_themes_found;
	bool wrote = false;
	for (size_t i = 0; i < found->count; i++)
		if (!write_one(tx, &found->all[i], &wrote, err))
			return false;
	if (wrote)
		tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return true;
}

struct rounding {
	struct arena arena;
	struct workspace workspace;
	const struct zone *zone;
	struct facts facts;
	struct answer_filter filter;
	struct workspace_theme *themes;
	size_t theme_count;
	int64_t today;
	struct alert_themes_found found;
};

static bool look_at(struct rounding *r, const struct cell_question *cells,
                    const struct cell_part *part, int64_t series, struct err *err)
{
	struct cell_question of = *cells;
	struct emerging_themes emerging;
	of.part = part;
	const struct emerging_question q = { &of, r->today, r->themes, r->theme_count, series };
	if (!emerging_find(&r->facts, &r->arena, &q, &emerging, err))
		return false;
	for (size_t i = 0; i < emerging.count; i++) {
		const struct alert_theme news = { *part, *emerging.list[i].theme,
			                          emerging.list[i] };
		int64_t alert;
		bool told;
		if (news.emerged.seen_day <= r->today - ALERT_NEWS_DAYS)
			continue;
		if (!find_like(r->facts.db, &r->arena, r->workspace.id, &news, &alert, &told, err))
			return false;
		if (!told)
			r->found.all[r->found.count++] = news;
	}
	return true;
}

/* So many of one theme in one score. */
#define NEWS_MOST 8

static bool look(struct rounding *r, struct err *err)
{
	const struct cell_question cells = { .scope = &team_scope_whole,
		                             .filter = &r->filter,
		                             .zone = r->zone,
		                             .week_start = r->workspace.week_start };
	struct one_part parts;
	if (!one_part_choose(&r->facts, &r->arena, &cells, (Str){ 0 }, &parts, err))
		return false;
	size_t count = parts.cells.count[0];
	r->found.all =
	    ARENA_ARRAY(&r->arena, struct alert_theme, count * r->theme_count * NEWS_MOST + 1);
	for (size_t i = 0; i < count; i++)
		if (!look_at(r, &cells, &parts.cells.parts[parts.cells.values[0][i].id],
		             (int64_t)(count * r->theme_count), err))
			return false;
	return true;
}

static bool round_of(struct rounding *r, struct store *store, struct db *db, struct cubes *cubes,
                     struct err *err)
{
	r->today = zone_day(r->zone, clock_now(store_clock(store)));
	if (cubes) {
		if (!facts_open(cubes, db, r->workspace.id, 0, &r->arena, &r->facts, err))
			return false;
	} else {
		r->facts = facts_of_tables(db, r->workspace.id);
	}
	return emerging_themes_list(db, &r->arena, r->workspace.id, &r->themes, &r->theme_count,
	                            err) &&
	       (r->theme_count == 0 || look(r, err)) &&
	       (r->found.count == 0 ||
	        store_run(store, r->workspace.id, UNIT_BULK, alert_themes_write, &r->found, err));
}

bool emerging_round(struct store *store, struct db *db, struct cubes *cubes, int64_t workspace,
                    struct err *err)
{
	struct rounding r = { 0 };
	db_bind_workspace(db, workspace);
	bool ok = workspace_find(db, workspace, &r.arena, &r.workspace, err) &&
	          zone_load(&r.arena, r.workspace.time_zone, &r.zone, err) &&
	          round_of(&r, store, db, cubes, err);
	db_bind_workspace(db, 0);
	arena_free(&r.arena);
	return ok;
}
