/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/masking_api.h"

#include "account/reply_json.h"
#include "account/workspace.h"
#include "db/backup.h"
#include "db/store.h"
#include "feedback/masking.h"
#include "feedback/response.h"

struct backups {
	struct backup_file *at;
	size_t count;
};

static bool backups_find(struct request *rq, struct backups *out, struct err *err)
{
	return backup_list(store_data_dir(rq->store), rq->arena, &out->at, &out->count, err);
}

/* Those that hold comments as they were: of before it ended, all as long as it has not. */
static void put_backups(struct json_writer *w, const struct masking *m, const struct backups *b)
{
	json_put_key(w, STR("backups"));
	json_put_list(w);
	for (size_t i = 0; i < b->count; i++) {
		if (m->state == MASKING_DONE && b->at[i].made_at > m->ended_at)
			continue;
		json_put_dict(w);
		json_put_key_text(w, "name", b->at[i].name);
		json_put_key_time(w, "made_at", b->at[i].made_at);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static bool reply_masking(struct request *rq, struct reply *rp, const struct masking *m,
                          const struct backups *backups, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_text(w, "state", masking_state_name(m->state));
	json_put_key_i64(w, "total", m->total);
	json_put_key_i64(w, "done", m->done);
	json_put_key_i64(w, "masked", m->masked);
	json_put_key_time(w, "began_at", m->began_at);
	json_put_key_time(w, "ended_at", m->ended_at);
	Str engine = store_engine(rq->store) == DB_POSTGRES ? STR("postgresql") : STR("sqlite");
	json_put_key_text(w, "leftover",
	                  m->state == MASKING_DONE && m->leftover ? engine : (Str){ 0 });
	put_backups(w, m, backups);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool masking_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct masking m;
	struct backups backups;
	return masking_find(rq->db, rq->caller.workspace, &m, err) &&
	       backups_find(rq, &backups, err) && reply_masking(rq, rp, &m, &backups, err);
}

struct change {
	struct masking_begin begin;
	Str actor;
	struct backups backups;
	struct masking now; /* result */
};

static bool begin_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "confirm", NULL };
	struct change *in = ARENA_NEW(rq->arena, struct change);
	JsonRef body;
	rq->input = in;
	in->begin.actor = rq->caller.name;
	return json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       json_read_text(json_read_member(body, "confirm"), WORKSPACE_NAME_MAX,
	                      &in->begin.confirm, err) &&
	       response_count(rq->db, rq->caller.workspace, &in->begin.total, err) &&
	       backups_find(rq, &in->backups, err);
}

static bool begin_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct change *in = input;
	return masking_begin(tx, &in->begin, err) &&
	       masking_find(tx->db, tx->workspace, &in->now, err);
}

static bool cancel_prepare(struct request *rq, struct err *err)
{
	struct change *in = ARENA_NEW(rq->arena, struct change);
	rq->input = in;
	in->actor = rq->caller.name;
	return backups_find(rq, &in->backups, err);
}

static bool cancel_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct change *in = input;
	return masking_cancel(tx, &in->actor, err) &&
	       masking_find(tx->db, tx->workspace, &in->now, err);
}

static bool change_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct change *in = rq->input;
	return reply_masking(rq, rp, &in->now, &in->backups, err);
}

const struct route masking_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/personal-data",
	  .operation = "getMasking",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .read = masking_read },
	{ .method = "POST",
	  .path = "/api/v1/personal-data/mask",
	  .operation = "beginMasking",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .body_max = 4096,
	  .prepare = begin_prepare,
	  .apply = begin_apply,
	  .reply = change_reply },
	{ .method = "POST",
	  .path = "/api/v1/personal-data/cancel",
	  .operation = "cancelMasking",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .prepare = cancel_prepare,
	  .apply = cancel_apply,
	  .reply = change_reply },
};
const size_t masking_route_count = sizeof masking_routes / sizeof masking_routes[0];
