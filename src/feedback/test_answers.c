/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/test_answers.h"

#include "account/audit.h"
#include "account/reply_json.h"
#include "db/list.h"
#include "feedback/cube_shelf.h"
#include "feedback/page_target.h"
#include "feedback/test_answers.sql.h"
#include "survey/named.h"
#include "survey/team_scope.h"

struct test_answer {
	int64_t id;
	Str properties;
};

static bool answer_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct test_answer *)out = (struct test_answer){ db_i64(rows, 0), db_text(rows, 1, a) };
	return true;
}

/* The next that there are, and which of them the caller's team sees, at the front. */
static bool list(struct db *db, struct arena *a, const struct caller *caller, int64_t survey,
                 struct test_answer **out, size_t *seen, bool *full, struct err *err)
{
	struct team_scope scope;
	void *items;
	size_t count, kept = 0;
	if (!team_scope_load(db, a, caller, &scope, err) ||
	    !db_list(db, &sql_test_answers_list,
	             DB_ARGS(db_arg_i64(caller->workspace), db_arg_i64(survey),
	                     db_arg_text(PAGE_TEST), db_arg_i64(TEST_ANSWERS_AT_ONCE)),
	             answer_row, sizeof(struct test_answer), a, &items, &count, err))
		return false;
	struct test_answer *all = items;
	for (size_t i = 0; i < count; i++) {
		bool takes;
		if (!team_scope_takes(&scope, a, survey, all[i].properties, &takes, err))
			return false;
		if (takes)
			all[kept++] = all[i];
	}
	*out = all;
	*seen = kept;
	*full = count == TEST_ANSWERS_AT_ONCE;
	return true;
}

static bool remove_one(struct db_tx *tx, int64_t id, struct err *err)
{
	tx_changed(tx, CHANGE_RESPONSE, id);
	return db_exec(tx->db, &sql_test_answers_delete,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id)), NULL, err);
}

bool test_answers_remove(struct db_tx *tx, void *input, struct err *err)
{
	struct test_answers_input *in = input;
	struct test_answer *all;
	size_t count;
	bool full;
	if (!list(tx->db, tx->arena, in->caller, in->survey, &all, &count, &full, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!remove_one(tx, all[i].id, err))
			return false;
	if (count && !cube_shelf_lose(tx, err))
		return false;
	in->removed = (int64_t)count;
	in->more = full && count > 0;
	Str number = str_printf(tx->arena, "%zu", count);
	return !count ||
	       audit_write(tx, in->caller->name, STR("survey.test_answers"), in->slug, number, err);
}

static bool count_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct survey s;
	struct test_answer *all;
	size_t count;
	bool full;
	if (!survey_named(rq, &s, err) ||
	    !list(rq->db, rq->arena, &rq->caller, s.id, &all, &count, &full, err))
		return false;
	json_put_dict(w);
	json_put_key_i64(w, "count", (int64_t)count);
	json_put_key_bool(w, "more", full);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool delete_prepare(struct request *rq, struct err *err)
{
	struct test_answers_input *in = ARENA_NEW(rq->arena, struct test_answers_input);
	struct survey s;
	if (!survey_named(rq, &s, err))
		return false;
	*in = (struct test_answers_input){ .survey = s.id, .slug = s.slug, .caller = &rq->caller };
	rq->input = in;
	return true;
}

static bool delete_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct test_answers_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_i64(w, "removed", in->removed);
	json_put_key_bool(w, "more", in->more);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route test_answers_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/surveys/{survey}/test-answers",
	  .operation = "countTestAnswers",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_READ,
	  .read = count_read },
	{ .method = "DELETE",
	  .path = "/api/v1/surveys/{survey}/test-answers",
	  .operation = "removeTestAnswers",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = delete_prepare,
	  .apply = test_answers_remove,
	  .reply = delete_reply },
};
const size_t test_answers_route_count = sizeof test_answers_routes / sizeof test_answers_routes[0];
