/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/alert.h"

#include <inttypes.h>

#include "account/audit.h"
#include "db/list.h"
#include "insight/watch.sql.h"
#include "net/route.h"

static bool watch_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct watch_row *)out = (struct watch_row){
		.watch = { .kind = (enum survey_kind)db_i64(rows, 0),
		           .brand_id = db_i64(rows, 1),
		           .touchpoint_id = db_i64(rows, 2),
		           .state = (enum watch_state)db_i64(rows, 3),
		           .begin_day = db_i64(rows, 4),
		           .baseline_from = db_i64(rows, 5),
		           .baseline_to = db_i64(rows, 6),
		           .watched_to = db_i64(rows, 7),
		           .series = db_i64(rows, 8),
		           .promoters = db_i64(rows, 9),
		           .passives = db_i64(rows, 10),
		           .detractors = db_i64(rows, 11),
		           .people = db_i64(rows, 12),
		           .per_week = db_real(rows, 13),
		           .deff = db_real(rows, 14) },
		.brand = db_text(rows, 15, a),
		.touchpoint_code = db_text(rows, 16, a),
		.touchpoint = db_text(rows, 17, a),
	};
	return true;
}

bool watch_list(struct db *db, struct arena *a, int64_t workspace, struct watch_row **out,
                size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_watch_list, DB_ARGS(db_arg_i64(workspace)), watch_row,
	             sizeof(struct watch_row), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

static bool alert_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct alert *)out = (struct alert){
		.id = db_i64(rows, 0),
		.raised_at = db_i64(rows, 1),
		.state = (enum alert_state)db_i64(rows, 2),
		.snoozed_to = db_i64(rows, 3),
		.changed_at = db_i64(rows, 4),
		.actor = db_text(rows, 5, a),
	};
	return true;
}

static bool part_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct alert_part *)out = (struct alert_part){
		.part = { .kind = (enum survey_kind)db_i64(rows, 0),
		          .brand_id = db_i64(rows, 1),
		          .touchpoint_id = db_i64(rows, 2),
		          .brand = db_text(rows, 14, a),
		          .touchpoint_code = db_text(rows, 15, a),
		          .touchpoint = db_text(rows, 16, a) },
		.change = { .seen_day = db_i64(rows, 3),
		            .day = db_i64(rows, 4),
		            .from = db_i64(rows, 5),
		            .to = db_i64(rows, 6),
		            .before = db_real(rows, 7),
		            .after = db_real(rows, 8),
		            .size = db_real(rows, 9),
		            .lo = db_real(rows, 10),
		            .hi = db_real(rows, 11),
		            .people_before = db_i64(rows, 12),
		            .people_after = db_i64(rows, 13) },
	};
	return true;
}

static bool read_parts(struct db *db, struct arena *a, int64_t workspace, struct alert *alert,
                       struct err *err)
{
	void *items;
	if (!db_list(db, &sql_alert_parts, DB_ARGS(db_arg_i64(workspace), db_arg_i64(alert->id)),
	             part_row, sizeof(struct alert_part), a, &items, &alert->part_count, err))
		return false;
	alert->parts = items;
	return alert_theme_list(db, a, workspace, alert->id, &alert->themes, &alert->theme_count,
	                        err);
}

bool alert_list(struct db *db, struct arena *a, int64_t workspace, struct alert **out,
                size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_alert_list, DB_ARGS(db_arg_i64(workspace), db_arg_i64(ALERTS_LIST)),
	             alert_row, sizeof(struct alert), a, &items, count, err))
		return false;
	*out = items;
	for (size_t i = 0; i < *count; i++)
		if (!read_parts(db, a, workspace, &(*out)[i], err))
			return false;
	return true;
}

static bool unknown(int64_t id, struct err *err)
{
	return err_set(err, ERR_NOT_FOUND, "there is no alert %" PRId64, id);
}

static bool alert_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                       struct alert *out, struct err *err)
{
	bool found;
	if (!db_one(db, &sql_alert_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), alert_row,
	            out, a, &found, err))
		return false;
	return found ? read_parts(db, a, workspace, out, err) : unknown(id, err);
}

static bool write_watch(struct db_tx *tx, const struct watch *w, struct err *err)
{
	return db_exec(tx->db, &sql_watch_put,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(w->kind),
	                       db_arg_i64(w->brand_id), db_arg_i64(w->touchpoint_id),
	                       db_arg_i64(w->state), db_arg_i64(w->begin_day),
	                       db_arg_i64(w->baseline_from), db_arg_i64(w->baseline_to),
	                       db_arg_i64(w->watched_to), db_arg_i64(w->series),
	                       db_arg_i64(w->promoters), db_arg_i64(w->passives),
	                       db_arg_i64(w->detractors), db_arg_i64(w->people),
	                       db_arg_real(w->per_week), db_arg_real(w->deff)),
	               NULL, err);
}

struct like {
	int64_t alert;
	enum survey_kind kind;
	int64_t brand_id, touchpoint_id;
};

static bool like_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct like *)out = (struct like){ db_i64(rows, 0), (enum survey_kind)db_i64(rows, 1),
		                             db_i64(rows, 2), db_i64(rows, 3) };
	return true;
}

/* The alert that the change belongs to; 0: none yet. *told when this score is in it already. */
static bool find_like(struct db_tx *tx, const struct alert_part *part, int64_t *alert, bool *told,
                      struct err *err)
{
	void *items;
	size_t count;
	const DbArgs args =
	    DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(part->change.to + ALERT_DAYS_APART),
	            db_arg_i64(part->change.from - ALERT_DAYS_APART),
	            db_arg_i64(part->change.size < 0 ? -1 : 1));
	if (!db_list(tx->db, &sql_alert_like, args, like_row, sizeof(struct like), tx->arena,
	             &items, &count, err))
		return false;
	const struct like *like = items;
	*alert = count ? like[0].alert : 0;
	*told = false;
	for (size_t i = 0; i < count; i++)
		*told = *told || (like[i].kind == part->part.kind &&
		                  like[i].brand_id == part->part.brand_id &&
		                  like[i].touchpoint_id == part->part.touchpoint_id);
	return true;
}

bool alert_open(struct db_tx *tx, int64_t *alert, struct err *err)
{
	if (*alert)
		return db_exec(tx->db, &sql_alert_wake,
		               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*alert)), NULL, err);
	*alert = tx_new_id(tx);
	return db_exec(tx->db, &sql_alert_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*alert), db_arg_i64(tx->now)),
	               NULL, err);
}

static bool write_change(struct db_tx *tx, const struct alert_part *p, struct err *err)
{
	int64_t alert;
	bool told;
	const struct watch_change *c = &p->change;
	if (!find_like(tx, p, &alert, &told, err))
		return false;
	if (told)
		return true;
	if (!alert_open(tx, &alert, err))
		return false;
	return db_exec(tx->db, &sql_alert_part_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(alert),
	                       db_arg_i64(p->part.kind), db_arg_i64(p->part.brand_id),
	                       db_arg_i64(p->part.touchpoint_id), db_arg_i64(c->seen_day),
	                       db_arg_i64(c->day), db_arg_i64(c->from), db_arg_i64(c->to),
	                       db_arg_real(c->before), db_arg_real(c->after), db_arg_real(c->size),
	                       db_arg_real(c->lo), db_arg_real(c->hi), db_arg_i64(c->people_before),
	                       db_arg_i64(c->people_after)),
	               NULL, err);
}

bool watch_write(struct db_tx *tx, void *input, struct err *err)
{
	const struct watch_found *found = input;
	for (size_t i = 0; i < found->watch_count; i++)
		if (!write_watch(tx, &found->watches[i], err))
			return false;
	for (size_t i = 0; i < found->change_count; i++)
		if (!write_change(tx, &found->changes[i], err))
			return false;
	if (found->change_count)
		tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return true;
}

bool alert_scope_takes(struct db *db, struct arena *a, int64_t workspace,
                       const struct team_scope *scope, const struct cell_part *part, bool *out,
                       struct err *err)
{
	struct answer_filter f = { .kind = part->kind };
	struct survey_place *places;
	size_t count;
	*out = team_scope_is_whole(scope);
	if (*out || scope->property_count)
		return true;
	filter_only(&f, FILTER_BRAND, str_printf(a, "%" PRId64, part->brand_id));
	if (part->touchpoint_id && part->touchpoint_code.at)
		filter_only(&f, FILTER_TOUCHPOINT, part->touchpoint_code);
	if (!filter_surveys(db, a, workspace, &team_scope_whole, &f, &places, &count, err))
		return false;
	*out = true;
	for (size_t i = 0; i < count; i++)
		if (places[i].touchpoint_id == part->touchpoint_id)
			*out = *out && team_scope_takes_survey(scope, places[i].id);
	return true;
}

bool alert_in_scope(struct db *db, struct arena *a, int64_t workspace,
                    const struct team_scope *scope, struct alert *alert, struct err *err)
{
	size_t kept = 0;
	for (size_t i = 0; i < alert->part_count; i++) {
		bool takes;
		if (!alert_scope_takes(db, a, workspace, scope, &alert->parts[i].part, &takes, err))
			return false;
		if (takes)
			alert->parts[kept++] = alert->parts[i];
	}
	alert->part_count = kept;
	kept = 0;
	for (size_t i = 0; i < alert->theme_count; i++) {
		bool takes;
		if (!alert_scope_takes(db, a, workspace, scope, &alert->themes[i].part, &takes,
		                       err))
			return false;
		if (takes)
			alert->themes[kept++] = alert->themes[i];
	}
	alert->theme_count = kept;
	return true;
}

static const char *deed(const struct alert_change *in)
{
	if (in->has_state)
		return in->state == ALERT_DISMISSED ? "alert.dismiss" : "alert.reopen";
	return in->snoozed_to ? "alert.snooze" : "alert.wake";
}

bool alert_change(struct db_tx *tx, void *input, struct err *err)
{
	struct alert_change *in = input;
	struct alert *alert = &in->alert;
	struct team_scope scope;
	if (!team_scope_load(tx->db, tx->arena, in->caller, &scope, err) ||
	    !alert_find(tx->db, in->arena, tx->workspace, in->id, alert, err) ||
	    !alert_in_scope(tx->db, tx->arena, tx->workspace, &scope, alert, err))
		return false;
	if (!alert->part_count && !alert->theme_count)
		return unknown(in->id, err);
	if (in->has_state)
		alert->state = in->state;
	if (in->has_snooze)
		alert->snoozed_to = in->snoozed_to;
	alert->changed_at = tx->now;
	alert->actor = in->caller->name;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_alert_change,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(alert->id),
	                       db_arg_i64(alert->state), db_arg_i64(alert->snoozed_to),
	                       db_arg_i64(alert->changed_at), db_arg_text(alert->actor)),
	               NULL, err) &&
	       audit_write(tx, in->caller->name, str_of(deed(in)),
	                   str_printf(tx->arena, "%" PRId64, alert->id), STR(""), err);
}
