/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/change.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/die.h"
#include "db/change.sql.h"
#include "db/change_set.h"

#define NIGHT_REVS 500

void change_set_free(struct change_set *set)
{
	free(set->notes);
	*set = (struct change_set){ 0 };
}

void change_set_cut(struct change_set *set, size_t count)
{
	set->count = count;
}

void tx_changed(struct db_tx *tx, enum change_kind kind, int64_t id)
{
	struct change_set *set = tx->changes;
	MUST(tx->workspace > 0);
	if (set->count == set->cap) {
		set->cap = set->cap ? 2 * set->cap : 256;
		set->notes = mem_resize(set->notes, set->cap * sizeof *set->notes);
	}
	set->notes[set->count++] = (struct change_note){ tx->workspace, id, kind, set->unit };
}

bool change_hold(struct db *db, int64_t workspace, struct err *err)
{
	return db_engine(db) != DB_POSTGRES || workspace <= 0 ||
	       db_exec(db, &sql_change_rev_hold, DB_ARGS(db_arg_i64(workspace)), NULL, err);
}

static bool take_rev(struct db *db, int64_t workspace, int64_t *rev, struct err *err)
{
	DbArgs args = DB_ARGS(db_arg_i64(workspace));
	if (!db_one_i64(db, &sql_change_rev_next, args, 0, rev, err))
		return false;
	if (*rev != 0)
		return true;
	*rev = 1;
	return db_exec(db, &sql_change_rev_first, args, NULL, err);
}

static bool write_one_by_one(struct db *db, const struct change_set *set, int64_t workspace,
                             int64_t rev, struct err *err)
{
	int64_t seq = 0;
	for (size_t i = 0; i < set->count; i++) {
		const struct change_note *note = &set->notes[i];
		if (note->workspace != workspace)
			continue;
		seq++;
		if (!db_exec(db, &sql_change_insert,
		             DB_ARGS(db_arg_i64(workspace), db_arg_i64(rev), db_arg_i64(seq),
		                     db_arg_i64(note->kind), db_arg_i64(note->id)),
		             NULL, err))
			return false;
	}
	return true;
}

/* One round trip instead of one a row. */
static bool write_at_once(struct db *db, const struct change_set *set, int64_t workspace,
                          int64_t rev, struct err *err)
{
	struct buf kinds, ids;
	buf_init(&kinds, SIZE_MAX / 2);
	buf_init(&ids, SIZE_MAX / 2);
	const char *comma = "{";
	for (size_t i = 0; i < set->count; i++) {
		const struct change_note *note = &set->notes[i];
		if (note->workspace != workspace)
			continue;
		buf_printf(&kinds, "%s%d", comma, (int)note->kind);
		buf_printf(&ids, "%s%" PRId64, comma, note->id);
		comma = ",";
	}
	buf_add_char(&kinds, '}');
	buf_add_char(&ids, '}');
	bool ok = db_exec(db, &sql_change_insert_all,
	                  DB_ARGS(db_arg_i64(workspace), db_arg_i64(rev),
	                          db_arg_text(buf_str(&kinds)), db_arg_text(buf_str(&ids))),
	                  NULL, err);
	buf_free(&kinds);
	buf_free(&ids);
	return ok;
}

static bool write_workspace(struct db *db, const struct change_set *set, int64_t workspace,
                            int64_t *revs, struct err *err)
{
	int64_t rev;
	bool at_once = db_engine(db) == DB_POSTGRES;
	if (!take_rev(db, workspace, &rev, err))
		return false;
	if (!(at_once ? write_at_once : write_one_by_one)(db, set, workspace, rev, err))
		return false;
	for (size_t i = 0; i < set->count; i++)
		if (set->notes[i].workspace == workspace)
			revs[set->notes[i].unit] = rev;
	return true;
}

bool change_write(struct db *db, struct change_set *set, int64_t *revs, struct err *err)
{
	for (size_t i = 0; i < set->count; i++)
		revs[set->notes[i].unit] = 0;
	for (size_t i = 0; i < set->count; i++) {
		const struct change_note *note = &set->notes[i];
		if (revs[note->unit] == 0 && !write_workspace(db, set, note->workspace, revs, err))
			return false;
	}
	return true;
}

bool change_rev(struct db *db, int64_t workspace, int64_t *out, struct err *err)
{
	return db_one_i64(db, &sql_change_rev, DB_ARGS(db_arg_i64(workspace)), 0, out, err);
}

bool change_oldest(struct db *db, int64_t workspace, int64_t *out, struct err *err)
{
	return db_one_i64(db, &sql_change_oldest, DB_ARGS(db_arg_i64(workspace)), 0, out, err);
}

bool change_read(struct db *db, int64_t workspace, int64_t rev, int64_t seq, struct change *out,
                 size_t max, size_t *count, struct err *err)
{
	struct db_rows rows;
	if (!db_query(db, &rows, &sql_change_page,
	              DB_ARGS(db_arg_i64(workspace), db_arg_i64(rev), db_arg_i64(seq),
	                      db_arg_i64((int64_t)max)),
	              err))
		return false;
	size_t n = 0;
	enum db_next next = DB_DONE;
	while (n < max && (next = db_step(&rows, err)) == DB_ROW)
		out[n++] = (struct change){ .rev = db_i64(&rows, 0),
			                    .seq = db_i64(&rows, 1),
			                    .kind = (enum change_kind)db_i64(&rows, 2),
			                    .id = db_i64(&rows, 3) };
	db_rows_close(&rows);
	if (next == DB_FAILED)
		return false;
	*count = n;
	return true;
}

bool change_cursor_get(struct db *db, int64_t workspace, Str consumer, int64_t fallback,
                       int64_t *out, struct err *err)
{
	return db_one_i64(db, &sql_change_cursor_get,
	                  DB_ARGS(db_arg_i64(workspace), db_arg_text(consumer)), fallback, out,
	                  err);
}

bool change_cursor_set(struct db_tx *tx, Str consumer, int64_t rev, struct err *err)
{
	return db_exec(tx->db, &sql_change_cursor_set,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(consumer), db_arg_i64(rev)),
	               NULL, err);
}

bool change_prune(struct db_tx *tx, int64_t max_rows, int64_t *removed, struct err *err)
{
	int64_t behind;
	if (!db_one_i64(tx->db, &sql_change_cursor_lowest, DB_ARGS(db_arg_i64(tx->workspace)), 0,
	                &behind, err))
		return false;
	return db_exec(tx->db, &sql_change_prune,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(behind), db_arg_i64(max_rows)),
	               removed, err);
}

/* The nightly round is a consumer like others: it has seen everything up to the night before. */
static const Str night = { "night", 5 };

static bool night_cursor(struct db *db, int64_t workspace, int64_t *out, struct err *err)
{
	return change_cursor_get(db, workspace, night, -1, out, err);
}

bool change_night_has_work(struct db *db, int64_t workspace, bool *out, struct err *err)
{
	int64_t rev, seen, oldest;
	if (!change_rev(db, workspace, &rev, err) || !night_cursor(db, workspace, &seen, err) ||
	    !change_oldest(db, workspace, &oldest, err))
		return false;
	*out = rev > 0 && (rev != seen || (oldest != 0 && oldest <= seen));
	return true;
}

bool change_night(struct db_tx *tx, void *more, struct err *err)
{
	int64_t rev, removed = 0, seen;
	if (!night_cursor(tx->db, tx->workspace, &seen, err))
		return false;
	if (seen >= 0 && !change_prune(tx, NIGHT_REVS, &removed, err))
		return false;
	*(bool *)more = removed > 0;
	return removed > 0 || (change_rev(tx->db, tx->workspace, &rev, err) &&
	                       change_cursor_set(tx, night, rev, err));
}
