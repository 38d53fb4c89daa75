/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/share_check.h"

#include <inttypes.h>

#include "account/audit.h"
#include "db/list.h"
#include "feedback/scope.h"
#include "insight/share_check.sql.h"
#include "survey/definition.h"

#define LIST_MAX 20

static const char *group_name(enum nps_group group)
{
	return score_group_name((enum score_group)group);
}

Str share_check_scope(const struct caller *caller)
{
	return caller->team_scope.at ? caller->team_scope : TEAM_SCOPE_WHOLE;
}

/* Keys share the numbers of users. */
static int64_t author_of(const struct caller *caller)
{
	return caller->user ? caller->user : -caller->key;
}

static bool check_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct share_check *)out = (struct share_check){
		.id = db_i64(rows, 0),
		.group = (enum nps_group)db_i64(rows, 1),
		.part = db_text(rows, 2, a),
		.filter = db_text(rows, 3, a),
		.scope = db_text(rows, 4, a),
		.from_day = db_text(rows, 5, a),
		.to_day = db_text(rows, 6, a),
		.first_at = db_i64(rows, 7),
		.ends_at = db_i64(rows, 8),
		.seed = (uint64_t)db_i64(rows, 9),
		.comments = db_i64(rows, 10),
		.drawn = (int)db_i64(rows, 11),
		.wanted = (int)db_i64(rows, 12),
		.actor = db_text(rows, 13, a),
		.drawn_at = db_i64(rows, 14),
	};
	return true;
}

bool share_check_find(struct db *db, struct arena *a, const struct caller *caller, int64_t id,
                      struct share_check *out, struct err *err)
{
	struct share_check check;
	bool found;
	if (!db_one(db, &sql_share_check_find,
	            DB_ARGS(db_arg_i64(caller->workspace), db_arg_i64(id)), check_row, &check, a,
	            &found, err))
		return false;
	if (!found || !str_eq(check.scope, share_check_scope(caller)))
		return err_set(err, ERR_NOT_FOUND, "there is no check %" PRId64, id);
	*out = check;
	return true;
}

bool share_check_list(struct db *db, struct arena *a, const struct caller *caller, Str part,
                      Str filter, enum nps_group group, struct share_check **out, size_t *count,
                      struct err *err)
{
	void *items;
	if (!db_list(db, &sql_share_check_of_part,
	             DB_ARGS(db_arg_i64(caller->workspace), db_arg_text(part), db_arg_text(filter),
	                     db_arg_text(share_check_scope(caller)), db_arg_i64(group),
	                     db_arg_i64(LIST_MAX)),
	             check_row, sizeof **out, a, &items, count, err))
		return false;
	*out = items;
	return true;
}

static bool theme_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct check_theme *)out = (struct check_theme){
		.place = (int)db_i64(rows, 0),
		.id = db_i64(rows, 1),
		.machine = db_i64(rows, 2),
		.code = db_text(rows, 3, a),
		.name = db_text(rows, 4, a),
		.renamed = db_i64(rows, 5) != 0,
	};
	return true;
}

bool share_check_themes(struct db *db, struct arena *a, int64_t workspace, int64_t check,
                        struct check_theme **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_share_check_themes, DB_ARGS(db_arg_i64(workspace), db_arg_i64(check)),
	             theme_row, sizeof **out, a, &items, count, err))
		return false;
	*out = items;
	return true;
}

static bool progress_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct check_progress *)out = (struct check_progress){ db_i64(rows, 0), db_i64(rows, 1),
		                                                 db_i64(rows, 2), db_i64(rows, 3) };
	return true;
}

bool share_check_progress(struct db *db, struct arena *a, const struct caller *caller,
                          const struct share_check *check, struct check_progress *out,
                          struct err *err)
{
	bool found;
	return db_one(db, &sql_share_check_progress,
	              DB_ARGS(db_arg_i64(caller->workspace), db_arg_i64(check->id),
	                      db_arg_i64(author_of(caller)), db_arg_i64(check->wanted)),
	              progress_row, out, a, &found, err);
}

static bool insert_check(struct db_tx *tx, const struct share_check *c, struct err *err)
{
	return db_exec(tx->db, &sql_share_check_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(c->id), db_arg_i64(c->group),
	                       db_arg_text(c->part), db_arg_text(c->filter), db_arg_text(c->scope),
	                       db_arg_text_or_null(c->from_day), db_arg_text_or_null(c->to_day),
	                       db_arg_i64(c->first_at), db_arg_i64(c->ends_at),
	                       db_arg_i64((int64_t)c->seed), db_arg_i64(c->comments),
	                       db_arg_i64(c->drawn), db_arg_i64(c->wanted), db_arg_text(c->actor),
	                       db_arg_i64(c->drawn_at)),
	               NULL, err);
}

bool share_check_begin(struct db_tx *tx, void *input, struct err *err)
{
	struct check_begin *in = input;
	struct share_check *c = &in->check;
	DbArg workspace = db_arg_i64(tx->workspace);
	c->id = tx_new_id(tx);
	c->drawn_at = tx->now;
	if (!insert_check(tx, c, err))
		return false;
	DbArg id = db_arg_i64(c->id);
	for (size_t i = 0; i < in->theme_count; i++)
		if (!db_exec(tx->db, &sql_share_check_insert_theme,
		             DB_ARGS(workspace, id, db_arg_i64(in->themes[i].place),
		                     db_arg_i64(in->themes[i].id),
		                     db_arg_i64(in->themes[i].machine)),
		             NULL, err))
			return false;
	for (int i = 0; i < c->drawn; i++)
		if (!db_exec(tx->db, &sql_share_check_insert_comment,
		             DB_ARGS(workspace, id, db_arg_i64(in->comments[i].response),
		                     db_arg_i64(i), db_arg_i64((int64_t)in->comments[i].machine)),
		             NULL, err))
			return false;
	return audit_write(tx, c->actor, STR("check.draw"),
	                   str_printf(tx->arena, "%" PRId64, c->id),
	                   str_printf(tx->arena, "%s, %" PRId64 " comments", group_name(c->group),
	                              c->comments),
	                   err);
}

static bool text_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct check_text *)out = (struct check_text){
		.place = (int)db_i64(rows, 0),
		.response = db_i64(rows, 1),
		.text = db_text(rows, 2, a),
		.language = db_text(rows, 3, a),
		.is_read = !db_is_null(rows, 4),
		.sentiment = db_is_null(rows, 5) ? CHECK_NO_SENTIMENT : (int)db_i64(rows, 5),
	};
	return true;
}

struct said {
	int place;
	int64_t theme;
};

static bool said_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct said *)out = (struct said){ (int)db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

/* Both in the order of the places. */
static void hand_out(struct arena *a, const struct said *said, size_t count,
                     struct check_text *texts, size_t text_count)
{
	int64_t *ids = ARENA_ARRAY(a, int64_t, count + 1);
	for (size_t t = 0, i = 0; t < text_count; t++) {
		texts[t].themes = ids + i;
		for (; i < count && said[i].place <= texts[t].place; i++) {
			ids[i] = said[i].theme;
			texts[t].theme_count += said[i].place == texts[t].place;
			texts[t].themes += said[i].place < texts[t].place;
		}
	}
}

/* Answers may have left the scope since. */
static bool keep_in_scope(struct db *db, struct arena *a, const struct caller *caller,
                          struct check_text *texts, size_t *count, struct err *err)
{
	size_t kept = 0;
	for (size_t i = 0; i < *count; i++) {
		if (scope_check_response(db, a, caller, texts[i].response, err))
			texts[kept++] = texts[i];
		else if (err->kind != ERR_NOT_FOUND)
			return false;
	}
	*count = kept;
	return true;
}

bool share_check_texts(struct db *db, struct arena *a, const struct caller *caller,
                       const struct share_check *check, int after, size_t limit,
                       struct check_text **out, size_t *count, bool *more, struct err *err)
{
	void *items, *said;
	size_t n, said_count;
	DbArg workspace = db_arg_i64(caller->workspace), id = db_arg_i64(check->id),
	      author = db_arg_i64(author_of(caller));
	if (!db_list(db, &sql_share_check_comments,
	             DB_ARGS(workspace, id, author, db_arg_i64(after), db_arg_i64(check->wanted),
	                     db_arg_i64((int64_t)limit + 1)),
	             text_row, sizeof **out, a, &items, &n, err))
		return false;
	struct check_text *texts = items;
	*more = n > limit;
	n = *more ? limit : n;
	int last = n ? texts[n - 1].place : after;
	if (!db_list(db, &sql_share_check_said,
	             DB_ARGS(workspace, id, author, db_arg_i64(after), db_arg_i64(last)), said_row,
	             sizeof(struct said), a, &said, &said_count, err))
		return false;
	hand_out(a, said, said_count, texts, n);
	if (caller->team_scope.at && !keep_in_scope(db, a, caller, texts, &n, err))
		return false;
	*out = texts;
	*count = n;
	return true;
}

/* The check, and that the comment is one of those to be read, in scope. */
static bool find_comment(struct db_tx *tx, struct check_say *in, struct err *err)
{
	int64_t place;
	if (!share_check_find(tx->db, in->arena, in->caller, in->check, &in->found, err) ||
	    !scope_check_response(tx->db, tx->arena, in->caller, in->response, err) ||
	    !db_one_i64(tx->db, &sql_share_check_place,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->check),
	                        db_arg_i64(in->response)),
	                -1, &place, err))
		return false;
	return (place >= 0 && place < in->found.wanted) ||
	       err_set(err, ERR_NOT_FOUND, "the check asks for no comment %" PRId64, in->response);
}

static bool says(const struct check_say *in, int64_t theme)
{
	for (size_t i = 0; i < in->theme_count; i++)
		if (in->themes[i] == theme)
			return true;
	return false;
}

static bool put_labels(struct db_tx *tx, const struct check_say *in, struct err *err)
{
	struct check_theme *asked;
	size_t count, met = 0;
	DbArg workspace = db_arg_i64(tx->workspace), check = db_arg_i64(in->check),
	      response = db_arg_i64(in->response), author = db_arg_i64(author_of(in->caller));
	if (!share_check_themes(tx->db, tx->arena, tx->workspace, in->check, &asked, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		met += says(in, asked[i].id);
	if (met < in->theme_count)
		return err_at(err, ERR_INVALID, "/themes",
		              "must be themes that the check asks about, each once");
	if (!db_exec(tx->db, &sql_share_check_read_put,
	             DB_ARGS(workspace, check, response, author, db_arg_text(in->caller->name),
	                     db_arg_i64(tx->now)),
	             NULL, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!db_exec(tx->db, &sql_share_check_label_put,
		             DB_ARGS(workspace, check, response, author, db_arg_i64(asked[i].id),
		                     db_arg_bool(says(in, asked[i].id))),
		             NULL, err))
			return false;
	return true;
}

static bool put_sentiment(struct db_tx *tx, const struct check_say *in, struct err *err)
{
	DbArg args[] = { db_arg_i64(tx->workspace), db_arg_i64(in->check),
		         db_arg_i64(in->response),  db_arg_i64(author_of(in->caller)),
		         db_arg_i64(in->sentiment), db_arg_i64(tx->now) };
	if (in->sentiment == CHECK_NO_SENTIMENT)
		return db_exec(tx->db, &sql_share_check_sentiment_drop, (DbArgs){ args, 4 }, NULL,
		               err);
	return db_exec(tx->db, &sql_share_check_sentiment_put, (DbArgs){ args, 6 }, NULL, err);
}

bool share_check_say(struct db_tx *tx, void *input, struct err *err)
{
	struct check_say *in = input;
	return find_comment(tx, in, err) && put_labels(tx, in, err) && put_sentiment(tx, in, err) &&
	       share_check_progress(tx->db, tx->arena, in->caller, &in->found, &in->progress, err);
}

bool share_check_unsay(struct db_tx *tx, void *input, struct err *err)
{
	struct check_say *in = input;
	return find_comment(tx, in, err) &&
	       db_exec(tx->db, &sql_share_check_read_drop,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->check),
	                       db_arg_i64(in->response), db_arg_i64(author_of(in->caller))),
	               NULL, err) &&
	       share_check_progress(tx->db, tx->arena, in->caller, &in->found, &in->progress, err);
}

bool share_check_want(struct db_tx *tx, void *input, struct err *err)
{
	struct check_want *in = input;
	struct share_check *c = &in->found;
	if (!share_check_find(tx->db, in->arena, in->caller, in->check, c, err))
		return false;
	c->wanted = in->wanted < c->drawn ? in->wanted : c->drawn;
	return db_exec(tx->db, &sql_share_check_want,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(c->id), db_arg_i64(c->wanted)),
	               NULL, err) &&
	       share_check_progress(tx->db, tx->arena, in->caller, c, &in->progress, err);
}
