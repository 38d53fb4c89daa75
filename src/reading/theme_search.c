/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/theme_search.h"

#include <stdlib.h>

#include "account/audit.h"
#include "account/workspace.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/zone.h"
#include "db/list.h"
#include "feedback/response.h"
#include "reading/pass.h"
#include "reading/suggestion.h"
#include "reading/theme_search.sql.h"

#define TEXT_BYTES_MAX ((size_t)8 << 20)

static bool search_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct theme_search *)out = (struct theme_search){
		.wanted = db_i64(rows, 0),
		.began_at = db_i64(rows, 1),
		.ended_at = db_i64(rows, 2),
		.comments = db_i64(rows, 3),
		.left_over = db_i64(rows, 4),
	};
	return true;
}

/* The first night hour behind a time. */
static bool night_behind(struct db *db, struct arena *a, int64_t workspace, int64_t at,
                         int64_t *out, struct err *err)
{
	const struct zone *zone;
	if (!workspace_zone(db, workspace, a, &zone, err))
		return false;
	int64_t day = zone_day(zone, at);
	int64_t night = zone_day_start(zone, day) + THEME_SEARCH_HOUR * CLOCK_HOUR;
	*out = night > at ? night : zone_day_start(zone, day + 1) + THEME_SEARCH_HOUR * CLOCK_HOUR;
	return true;
}

bool theme_search_find(struct db *db, struct arena *a, int64_t workspace, int64_t now,
                       struct theme_search *out, struct err *err)
{
	struct pass pass;
	bool found;
	*out = (struct theme_search){ 0 };
	if (!db_one(db, &sql_theme_search_find, DB_ARGS(db_arg_i64(workspace)), search_row, out, a,
	            &found, err) ||
	    !pass_find(db, a, workspace, &pass, err) ||
	    (out->ended_at && !night_behind(db, a, workspace, out->ended_at, &out->next_at, err)))
		return false;
	if (out->next_at && out->next_at < now)
		out->next_at = now;
	out->waits = pass.state == PASS_RUNS;
	return true;
}

bool theme_search_want(struct db_tx *tx, void *input, struct err *err)
{
	const Str *actor = input;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_theme_search_want, DB_ARGS(db_arg_i64(tx->workspace)), NULL,
	               err) &&
	       audit_write(tx, *actor, STR("suggestion.look"), (Str){ "", 0 }, (Str){ "", 0 }, err);
}

struct found {
	int64_t response;
	struct leftover_comment comment;
	bool themed;
};

static bool found_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct found *f = out;
	(void)err;
	f->response = db_i64(rows, 0);
	struct transcript_told told = response_told(rows, 6, 7, a);
	f->comment.text = transcript_said(a, db_text(rows, 1, a), &told);
	f->comment.tongue = tongue_of_tag(db_text(rows, 2, a));
	f->comment.who = db_is_null(rows, 4) ? db_i64(rows, 3) : db_i64(rows, 4);
	f->themed = db_i64(rows, 5) != 0;
	return true;
}

struct look {
	struct store *store;
	struct db *db;
	int64_t workspace, began_at, wanted;
	struct arena arena;
	struct leftover_comment *all; /* [count] */
	int64_t *response;            /* the same */
	size_t count, bytes, comments;
	int64_t before;
};

static void take(struct look *l, const struct found *f)
{
	l->comments++;
	l->before = f->response;
	if (f->themed || l->count == THEME_SEARCH_LEFTOVERS || l->bytes > TEXT_BYTES_MAX)
		return;
	l->bytes += f->comment.text.len;
	l->all[l->count] = f->comment;
	l->all[l->count].text = str_copy(&l->arena, f->comment.text);
	l->response[l->count++] = f->response;
}

static bool gather(struct look *l, struct err *err)
{
	size_t count = 1;
	l->before = INT64_MAX;
	l->all = ARENA_ARRAY(&l->arena, struct leftover_comment, THEME_SEARCH_LEFTOVERS);
	l->response = ARENA_ARRAY(&l->arena, int64_t, THEME_SEARCH_LEFTOVERS);
	while (count > 0 && l->comments < THEME_SEARCH_COMMENTS &&
	       l->count < THEME_SEARCH_LEFTOVERS && l->bytes <= TEXT_BYTES_MAX) {
		struct arena page = { 0 };
		void *items;
		bool ok = db_list(l->db, &sql_theme_search_page,
		                  DB_ARGS(db_arg_i64(l->workspace), db_arg_i64(l->before)),
		                  found_row, sizeof(struct found), &page, &items, &count, err);
		for (size_t i = 0; ok && i < count; i++)
			take(l, (const struct found *)items + i);
		arena_free(&page);
		if (!ok)
			return false;
	}
	return true;
}

static bool look(struct look *l, struct word_reader *words, struct err *err)
{
	struct suggested_theme found[SUGGESTED_MAX];
	size_t count;
	if (!gather(l, err))
		return false;
	suggest_themes(&l->arena, words, l->all, l->count, found, &count);
	struct suggestion_found in = { .all = found,
		                       .count = count,
		                       .response = l->response,
		                       .comments = (int64_t)l->comments,
		                       .left_over = (int64_t)l->count,
		                       .began_at = l->began_at,
		                       .wanted = l->wanted };
	return store_run(l->store, l->workspace, UNIT_BULK, suggestion_keep, &in, err);
}

static bool is_due(struct db *db, int64_t workspace, const struct theme_search *s, int64_t now,
                   bool *out, struct err *err)
{
	int64_t newest;
	*out = false;
	if (s->waits)
		return true;
	if (s->wanted || (s->ended_at && s->next_at <= now)) {
		*out = true;
		return true;
	}
	if (s->ended_at)
		return true;
	if (!db_one_i64(db, &sql_theme_search_any, DB_ARGS(db_arg_i64(workspace)), 0, &newest, err))
		return false;
	*out = newest != 0;
	return true;
}

bool theme_search_visit(struct store *store, struct db *db, struct word_reader *words,
                        int64_t workspace, bool *again, struct err *err)
{
	int64_t now = clock_now(store_clock(store));
	struct look l = { .store = store, .db = db, .workspace = workspace, .began_at = now };
	struct theme_search s;
	bool due;
	bool ok = theme_search_find(db, &l.arena, workspace, now, &s, err) &&
	          is_due(db, workspace, &s, now, &due, err);
	*again = ok && s.wanted && s.waits;
	l.wanted = ok ? s.wanted : 0;
	if (ok && due)
		ok = look(&l, words, err);
	arena_free(&l.arena);
	return ok;
}
