/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/masking.h"

#include <inttypes.h>

#include "account/audit.h"
#include "account/workspace.h"
#include "base/die.h"
#include "base/fold.h"
#include "db/list.h"
#include "db/store.h"
#include "feedback/masking.sql.h"
#include "feedback/sight.h"
#include "feedback/upload.h"

#define PAGE_ANSWERS 100 /* of a unit */
#define PAGE_BYTES   (256u * 1024)
#define PAGE_WRITES  400

bool masking_words(struct db_tx *tx, const struct mask_words **out, struct err *err)
{
	enum personal_mode mode;
	*out = NULL;
	return workspace_personal_mode(tx->db, tx->workspace, &mode, err) &&
	       (mode != PERSONAL_AT_REST ||
	        sight_words(tx->db, tx->arena, tx->workspace, out, err));
}

void masking_take(struct arena *a, const struct mask_words *words, Str *comment, Str *folded)
{
	if (!words || comment->len == 0)
		return;
	Str masked = mask_personal(a, *comment, words, NULL, 0);
	if (str_eq(masked, *comment))
		return;
	*comment = masked;
	*folded = fold_text(a, masked);
}

Str masking_state_name(enum masking_state state)
{
	switch (state) {
#define MASKING_CASE(value, number, name) \
	case value:                       \
		return STR(name);
		MASKING_STATES(MASKING_CASE)
#undef MASKING_CASE
	}
	UNREACHABLE();
}

static bool masking_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct masking *)out = (struct masking){
		.state = (enum masking_state)db_i64(rows, 0),
		.place = db_i64(rows, 1),
		.total = db_i64(rows, 2),
		.done = db_i64(rows, 3),
		.masked = db_i64(rows, 4),
		.began_at = db_i64(rows, 5),
		.ended_at = db_i64(rows, 6),
		.leftover = db_i64(rows, 7) != 0,
	};
	return true;
}

bool masking_find(struct db *db, int64_t workspace, struct masking *out, struct err *err)
{
	bool found;
	*out = (struct masking){ 0 };
	return db_one(db, &sql_masking_find, DB_ARGS(db_arg_i64(workspace)), masking_row, out, NULL,
	              &found, err);
}

static bool may_begin(struct db_tx *tx, const struct masking_begin *in, struct err *err)
{
	struct workspace w;
	if (!workspace_find(tx->db, tx->workspace, tx->arena, &w, err))
		return false;
	if (w.personal_data != PERSONAL_AT_REST)
		return err_set(
		    err, ERR_CONFLICT,
		    "comments are kept as they come: set personal_data to at_rest first");
	return str_eq(str_trim(in->confirm), w.name) ||
	       err_at(err, ERR_INVALID, "/confirm", "must be the name of the workspace");
}

bool masking_begin(struct db_tx *tx, void *input, struct err *err)
{
	const struct masking_begin *in = input;
	if (!may_begin(tx, in, err))
		return false;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_masking_begin,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(INT64_MAX),
	                       db_arg_i64(in->total), db_arg_text(in->actor), db_arg_i64(tx->now)),
	               NULL, err) &&
	       audit_write(tx, in->actor, STR("personal_data.mask"), STR(""), STR(""), err);
}

bool masking_cancel(struct db_tx *tx, void *input, struct err *err)
{
	const Str *actor = input;
	int64_t changed;
	if (!db_exec(tx->db, &sql_masking_cancel,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx->now)), &changed, err))
		return false;
	if (changed == 0)
		return true;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return audit_write(tx, *actor, STR("personal_data.cancel"), STR(""), STR(""), err);
}

/* --- a page ------------------------------------------------------------------------------------------- */

/* A comment, now (seq 0) or in the past, with what is written instead. */
struct mask_write {
	int64_t response, seq;
	Str before, after, folded;
};

struct page {
	struct arena *arena;
	const struct mask_words *words;
	struct mask_write *writes;
	size_t count, room, bytes;
	int64_t began_at; /* the way that it is of */
	int64_t from, to; /* to 0: this is the end */
	int64_t answers, masked;
};

struct answer_row {
	int64_t id, edits;
	Str comment;
};

static bool answer_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct answer_row *)out = (struct answer_row){ .id = db_i64(rows, 0),
		                                         .comment = db_text(rows, 1, a),
		                                         .edits = db_i64(rows, 2) };
	return true;
}

struct past_row {
	int64_t seq;
	Str comment;
};

static bool past_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct past_row *)out = (struct past_row){ db_i64(rows, 0), db_text(rows, 1, a) };
	return true;
}

static void add(struct page *p, int64_t response, int64_t seq, Str comment)
{
	struct mask_write w = { .response = response, .seq = seq, .before = comment };
	Str folded = { 0 };
	p->bytes += comment.len;
	masking_take(p->arena, p->words, &comment, &folded);
	if (!folded.at)
		return;
	if (p->count == p->room) {
		size_t room = p->room ? 2 * p->room : 64;
		struct mask_write *more = ARENA_ARRAY(p->arena, struct mask_write, room);
		for (size_t i = 0; i < p->count; i++)
			more[i] = p->writes[i];
		p->writes = more;
		p->room = room;
	}
	w.after = comment;
	w.folded = folded;
	p->writes[p->count++] = w;
}

static bool look_at(struct page *p, struct db *db, int64_t workspace, const struct answer_row *r,
                    struct err *err)
{
	void *items;
	size_t past = 0, before = p->count;
	if (r->comment.len)
		add(p, r->id, 0, r->comment);
	if (r->edits > 0 &&
	    !db_list(db, &sql_masking_history, DB_ARGS(db_arg_i64(workspace), db_arg_i64(r->id)),
	             past_row, sizeof(struct past_row), p->arena, &items, &past, err))
		return false;
	for (size_t i = 0; i < past; i++) {
		const struct past_row *one = (const struct past_row *)items + i;
		add(p, r->id, one->seq, one->comment);
	}
	p->masked += p->count > before;
	p->answers++;
	p->to = r->id;
	return true;
}

static bool page_read(struct page *p, struct db *db, int64_t workspace, struct err *err)
{
	void *items;
	size_t count, i = 0;
	if (!db_list(db, &sql_masking_page,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(p->from), db_arg_i64(PAGE_ANSWERS)),
	             answer_row, sizeof(struct answer_row), p->arena, &items, &count, err))
		return false;
	for (; i < count && p->bytes < PAGE_BYTES && p->count < PAGE_WRITES; i++)
		if (!look_at(p, db, workspace, (const struct answer_row *)items + i, err))
			return false;
	if (i == count && count < PAGE_ANSWERS)
		p->to = 0;
	return true;
}

static bool write_one(struct db_tx *tx, const struct mask_write *w, struct err *err)
{
	DbArg workspace = db_arg_i64(tx->workspace), id = db_arg_i64(w->response);
	tx_changed(tx, CHANGE_RESPONSE, w->response);
	if (w->seq > 0)
		return db_exec(tx->db, &sql_masking_write_history,
		               DB_ARGS(workspace, id, db_arg_i64(w->seq), db_arg_text(w->after)),
		               NULL, err);
	return db_exec(tx->db, &sql_masking_write,
	               DB_ARGS(workspace, id, db_arg_text(w->after), db_arg_text(w->folded),
	                       db_arg_text(w->before)),
	               NULL, err) &&
	       db_exec(tx->db, &sql_masking_write_past,
	               DB_ARGS(workspace, id, db_arg_text(w->after), db_arg_text(w->before)), NULL,
	               err);
}

/* Moves first: a way that was cancelled or begun anew meanwhile writes nothing. */
static bool page_write(struct db_tx *tx, void *input, struct err *err)
{
	const struct page *p = input;
	int64_t moved, to = p->to ? p->to : 1;
	DbArg workspace = db_arg_i64(tx->workspace);
	if (!db_exec(tx->db, &sql_masking_move,
	             DB_ARGS(workspace, db_arg_i64(p->from), db_arg_i64(to), db_arg_i64(p->answers),
	                     db_arg_i64(p->masked), db_arg_i64(p->began_at)),
	             &moved, err))
		return false;
	for (size_t i = 0; moved && i < p->count; i++)
		if (!write_one(tx, &p->writes[i], err))
			return false;
	return !moved || p->to ||
	       db_exec(tx->db, &sql_masking_clean, DB_ARGS(workspace, db_arg_i64(to)), NULL, err);
}

/* --- the files ---------------------------------------------------------------------------------------- */

static bool end(struct db_tx *tx, void *input, struct err *err)
{
	const bool *whole = input;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_masking_end,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx->now), db_arg_i64(!*whole)),
	               NULL, err);
}

static bool clean(struct store *store, struct db *db, int64_t workspace, int64_t began_at,
                  struct err *err)
{
	bool whole;
	if (!upload_forget(store, db, workspace, began_at, err))
		return false;
	if (!store_wipe(store, &whole, err))
		return err->kind == ERR_BUSY;
	return store_run(store, workspace, UNIT_BULK, end, &whole, err);
}

bool masking_go_on(struct store *store, struct db *db, int64_t workspace, bool *more,
                   struct err *err)
{
	struct masking m;
	struct arena a = { 0 };
	*more = false;
	if (!masking_find(db, workspace, &m, err))
		return false;
	if (m.state == MASKING_CLEANS)
		return clean(store, db, workspace, m.began_at, err);
	if (m.state != MASKING_RUNS)
		return true;
	struct page page = { .arena = &a, .began_at = m.began_at, .from = m.place };
	bool ok = sight_words(db, &a, workspace, &page.words, err) &&
	          page_read(&page, db, workspace, err) &&
	          store_run(store, workspace, UNIT_BULK, page_write, &page, err);
	arena_free(&a);
	*more = ok;
	return ok;
}
