/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/alert_api.h"

#include "account/reply_json.h"
#include "insight/alert.h"
#include "insight/emerging_json.h"
#include "insight/figure_json.h"
#include "insight/part_json.h"
#include "insight/snooze.h"
#include "insight/watch_round.h"

#define BODY_MAX 1024

/* Falls and rises, in points, of which it is told how soon they would be seen. */
static const double sizes_told[] = { 10, 15, 20, 30 };

static void put_day(struct json_writer *w, struct arena *a, const char *key, int64_t day)
{
	json_put_key_text(w, key, day ? part_day(a, day) : (Str){ 0 });
}

static const char *state_of(const struct alert *alert, int64_t today)
{
	if (alert->state == ALERT_DISMISSED)
		return "dismissed";
	return alert->snoozed_to > today ? "snoozed" : "open";
}

static void put_change(struct json_writer *w, struct arena *a, const struct alert_part *p)
{
	const struct watch_change *c = &p->change;
	json_put_dict(w);
	part_put(w, &p->part);
	put_day(w, a, "seen_on", c->seen_day);
	put_day(w, a, "day", c->day);
	put_day(w, a, "from", c->from);
	put_day(w, a, "to", c->to);
	json_put_key_real(w, "before", c->before);
	json_put_key_real(w, "after", c->after);
	json_put_key_real(w, "change", c->size);
	figure_put_interval(w, "interval", true, c->lo, c->hi);
	json_put_key_i64(w, "people_before", c->people_before);
	json_put_key_i64(w, "people_after", c->people_after);
	json_put_dict_end(w);
}

static void put_alert(struct json_writer *w, struct arena *a, const struct alert *alert,
                      int64_t today)
{
	json_put_dict(w);
	json_put_key_id(w, "id", alert->id);
	json_put_key_time(w, "raised_at", alert->raised_at);
	json_put_key_text(w, "state", str_of(state_of(alert, today)));
	put_day(w, a, "snoozed_until", alert->snoozed_to);
	json_put_key_time(w, "changed_at", alert->changed_at);
	json_put_key_text(w, "actor", alert->actor);
	json_put_key(w, STR("parts"));
	json_put_list(w);
	for (size_t i = 0; i < alert->part_count; i++)
		put_change(w, a, &alert->parts[i]);
	json_put_list_end(w);
	json_put_key(w, STR("themes"));
	json_put_list(w);
	for (size_t i = 0; i < alert->theme_count; i++) {
		json_put_dict(w);
		part_put(w, &alert->themes[i].part);
		emerged_put(w, a, &alert->themes[i].emerged);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
}

static void put_sees(struct json_writer *w, const struct watch *watch,
                     const struct drift_baseline *b, const char *key, const char *size)
{
	json_put_key(w, str_of(key));
	json_put_list(w);
	for (size_t i = 0; i < sizeof sizes_told / sizeof sizes_told[0]; i++) {
		double answers;
		if (watch->state != WATCH_ON || watch->series < 1 ||
		    !drift_answers_until_seen(b, watch->series, sizes_told[i], &answers))
			continue;
		json_put_dict(w);
		json_put_key_real(w, size, sizes_told[i]);
		json_put_key_i64(w, "people", (int64_t)(answers + 0.5));
		json_put_key_real(w, "weeks", answers / watch->per_week);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_watch(struct json_writer *w, struct arena *a, const struct watch_row *row)
{
	const struct watch *watch = &row->watch;
	const struct cell_part part = { .kind = watch->kind,
		                        .brand_id = watch->brand_id,
		                        .touchpoint_id = watch->touchpoint_id,
		                        .brand = row->brand,
		                        .touchpoint_code = row->touchpoint_code,
		                        .touchpoint = row->touchpoint };
	const struct drift_baseline falls = watch_baseline(watch);
	const struct drift_baseline rises = watch_baseline_of_rises(watch);
	json_put_dict(w);
	part_put(w, &part);
	json_put_key_text(w, "state", str_of(watch_state_name(watch->state)));
	json_put_key_real(w, "people_per_week", watch->per_week);
	put_day(w, a, "baseline_from", watch->baseline_from);
	put_day(w, a, "baseline_to", watch->baseline_to);
	json_put_key_i64(w, "baseline_people",
	                 watch->promoters + watch->passives + watch->detractors);
	json_put_key_i64(w, "people_since", watch->people);
	put_sees(w, watch, &falls, "sees", "fall");
	put_sees(w, watch, &rises, "sees_rises", "rise");
	json_put_dict_end(w);
}

static bool put_alerts(struct request *rq, struct json_writer *w, const struct team_scope *scope,
                       int64_t today, struct err *err)
{
	struct alert *alerts;
	size_t count;
	if (!alert_list(rq->db, rq->arena, rq->caller.workspace, &alerts, &count, err))
		return false;
	json_put_key(w, STR("alerts"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		if (!alert_in_scope(rq->db, rq->arena, rq->caller.workspace, scope, &alerts[i],
		                    err))
			return false;
		if (alerts[i].part_count || alerts[i].theme_count)
			put_alert(w, rq->arena, &alerts[i], today);
	}
	json_put_list_end(w);
	return true;
}

static bool put_watches(struct request *rq, struct json_writer *w, const struct team_scope *scope,
                        struct err *err)
{
	struct watch_row *rows;
	size_t count;
	if (!watch_list(rq->db, rq->arena, rq->caller.workspace, &rows, &count, err))
		return false;
	json_put_key(w, STR("watches"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		const struct cell_part part = { .kind = rows[i].watch.kind,
			                        .brand_id = rows[i].watch.brand_id,
			                        .touchpoint_id = rows[i].watch.touchpoint_id,
			                        .touchpoint_code = rows[i].touchpoint_code };
		bool takes;
		if (!alert_scope_takes(rq->db, rq->arena, rq->caller.workspace, scope, &part,
		                       &takes, err))
			return false;
		if (takes)
			put_watch(w, rq->arena, &rows[i]);
	}
	json_put_list_end(w);
	return true;
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct team_scope scope;
	int64_t today;
	if (!team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err) ||
	    !watch_today(rq->db, rq->caller.workspace, rq->now, &today, err))
		return false;
	json_put_dict(w);
	put_day(w, rq->arena, "today", today);
	json_put_key_i64(w, "least_people_per_week", DRIFT_ANSWERS_A_WEEK);
	if (!put_alerts(rq, w, &scope, today, err) || !put_watches(rq, w, &scope, err))
		return false;
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool state_read(JsonRef ref, struct alert_change *in, struct err *err)
{
	Str text = { 0 };
	in->has_state = json_read_is_given(ref);
	if (!json_read_text_if_given(ref, 16, &text, err))
		return false;
	if (!in->has_state)
		return true;
	in->state = str_eq(text, STR("dismissed")) ? ALERT_DISMISSED : ALERT_OPEN;
	return in->state == ALERT_DISMISSED || str_eq(text, STR("open")) ||
	       err_at(err, ERR_INVALID, ref.path, "must be open or dismissed");
}

static bool patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "state", "snoozed_until", NULL };
	struct alert_change *in = ARENA_NEW(rq->arena, struct alert_change);
	JsonRef body;
	if (!request_param_id(rq, "alert", &in->id, err) ||
	    !watch_today(rq->db, rq->caller.workspace, rq->now, &in->today, err) ||
	    !json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err) ||
	    !state_read(json_read_member(body, "state"), in, err) ||
	    !snooze_read(json_read_member(body, "snoozed_until"), in->today, &in->has_snooze,
	                 &in->snoozed_to, err))
		return false;
	if (!in->has_state && !in->has_snooze)
		return err_set(err, ERR_INVALID, "say state or snoozed_until");
	in->caller = &rq->caller;
	in->arena = rq->arena;
	rq->input = in;
	return true;
}

static bool patch_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct alert_change *in = rq->input;
	struct json_writer *w = reply_json(rq);
	put_alert(w, rq->arena, &in->alert, in->today);
	return reply_json_end(w, rp, 200, err);
}

const struct route alert_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/alerts",
	  .operation = "listAlerts",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = list_read },
	{ .method = "PATCH",
	  .path = "/api/v1/alerts/{alert}",
	  .operation = "changeAlert",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = patch_prepare,
	  .apply = alert_change,
	  .reply = patch_reply },
};
const size_t alert_route_count = sizeof alert_routes / sizeof alert_routes[0];
