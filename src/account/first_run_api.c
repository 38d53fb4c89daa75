/* account/first_run_api.c - the set-up's progress over HTTP. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/first_run.h"
#include "account/reply_json.h"
#include "account/workspace.h"

static bool reply_run(struct request *rq, struct reply *rp, const struct first_run *run, bool demo,
                      struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_bool(w, "open", !demo && first_run_is_open(run));
	json_put_key(w, STR("steps"));
	json_put_dict(w);
	for (size_t i = 0; i < FIRST_RUN_all; i++)
		json_put_key_text(w, first_run_step_name((enum first_run_step)i),
		                  str_of(first_run_state_name(run->steps[i])));
	json_put_dict_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

bool first_run_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct workspace workspace;
	struct first_run run;
	return workspace_find(rq->db, rq->caller.workspace, rq->arena, &workspace, err) &&
	       first_run_find(rq->db, rq->caller.workspace, &run, err) &&
	       reply_run(rq, rp, &run, workspace.demo, err);
}

struct run_change {
	enum first_run_step step;
	enum first_run_state state;
	struct first_run run; /* result */
};

static bool step_parse(Str text, enum first_run_step *out, struct err *err)
{
	for (size_t i = 0; i < FIRST_RUN_COUNT; i++)
		if (str_eq(str_of(first_run_step_name((enum first_run_step)i)), text)) {
			*out = (enum first_run_step)i;
			return true;
		}
	return err_at(err, ERR_INVALID, "/step",
	              "the step is you, brand, region, address, survey or all");
}

static bool state_parse(Str text, enum first_run_state *out, struct err *err)
{
	for (int i = STEP_OPEN; i <= STEP_SKIPPED; i++)
		if (str_eq(str_of(first_run_state_name((enum first_run_state)i)), text)) {
			*out = (enum first_run_state)i;
			return true;
		}
	return err_at(err, ERR_INVALID, "/state", "the state is open, done or skipped");
}

bool first_run_patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "step", "state", NULL };
	struct run_change *in = ARENA_NEW(rq->arena, struct run_change);
	JsonRef body;
	Str step, state;
	rq->input = in;
	return json_read(rq->arena, rq->body, &body, err) && json_read_dict(body, err) &&
	       json_read_only(body, names, err) &&
	       json_read_text(json_read_member(body, "step"), 16, &step, err) &&
	       json_read_text(json_read_member(body, "state"), 16, &state, err) &&
	       step_parse(step, &in->step, err) && state_parse(state, &in->state, err);
}

bool first_run_patch_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct run_change *in = input;
	return first_run_set(tx, in->step, in->state, err) &&
	       first_run_find(tx->db, tx->workspace, &in->run, err);
}

bool first_run_patch_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct run_change *in = rq->input;
	return reply_run(rq, rp, &in->run, false, err);
}
