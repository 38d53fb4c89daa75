/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/mention.h"

#include "base/fold.h"
#include "base/utf8.h"
#include "db/list.h"
#include "feedback/mention.sql.h"
#include "feedback/scope.h"

/* Longer than any name or address. */
#define AHEAD_MAX 512
/* Newest mentions that are looked at, as some may be of answers out of sight. */
#define LOOKED_AT 200

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

/* Length of the folded word when `ahead` begins with it and it ends there, else 0. */
static size_t fits(Str ahead, Str folded)
{
	if (!folded.len || !str_starts(ahead, folded))
		return 0;
	return folded.len == ahead.len || !is_word(ahead.at[folded.len]) ? folded.len : 0;
}

static size_t fits_member(Str ahead, Str name, Str email)
{
	size_t by_name = fits(ahead, name), by_email = fits(ahead, email);
	return by_name > by_email ? by_name : by_email;
}

struct folded {
	Str name, email;
};

static void mark(Str ahead, const struct folded *folded, size_t count, bool *marks)
{
	size_t longest = 0;
	for (size_t i = 0; i < count; i++) {
		size_t len = fits_member(ahead, folded[i].name, folded[i].email);
		longest = len > longest ? len : longest;
	}
	for (size_t i = 0; longest && i < count; i++)
		if (fits_member(ahead, folded[i].name, folded[i].email) == longest)
			marks[i] = true;
}

/* Which of the members the text calls: marks[i] goes with members[i]. */
static void find_called(struct arena *a, Str text, const struct member *members, size_t count,
                        bool *marks)
{
	struct folded *folded = ARENA_ARRAY(a, struct folded, count + 1);
	for (size_t i = 0; i < count; i++) {
		folded[i].name = fold_text(a, str_trim(members[i].user.name));
		folded[i].email = fold_text(a, members[i].user.email);
	}
	for (size_t at = 0; (at = str_find_char(text, '@', at)) != SIZE_MAX; at++) {
		if (at > 0 && is_word(text.at[at - 1]))
			continue;
		Str ahead = utf8_prefix(str_from(text, at + 1), AHEAD_MAX);
		mark(fold_text(a, ahead), folded, count, marks);
	}
}

static bool may_work_on(struct db *db, struct arena *a, const struct response *r,
                        const struct member *m, bool *out, struct err *err)
{
	struct member_access access;
	struct team_scope scope;
	*out = false;
	if (m->user.disabled_at || !(m->role & ROLES_ANSWERS))
		return true;
	if (!member_access(db, r->workspace, m->user.id, a, &access, err))
		return false;
	struct caller as = {
		.workspace = r->workspace,
		.user = m->user.id,
		.role = access.role,
		.team = access.team,
		.team_scope = access.team_scope,
	};
	return !access.role ||
	       (team_scope_load(db, a, &as, &scope, err) && scope_takes(&scope, a, r, out, err));
}

bool mention_people(struct db *db, struct arena *a, const struct response *r, struct member **out,
                    size_t *count, struct err *err)
{
	struct member *members;
	size_t all, kept = 0;
	if (!member_list(db, r->workspace, a, &members, &all, err))
		return false;
	for (size_t i = 0; i < all; i++) {
		bool may;
		if (!may_work_on(db, a, r, &members[i], &may, err))
			return false;
		if (may)
			members[kept++] = members[i];
	}
	*out = members;
	*count = kept;
	return true;
}

static bool set_one(struct db_tx *tx, const struct note *note, int64_t user, bool called,
                    struct err *err)
{
	if (!called)
		return db_exec(tx->db, &sql_mention_delete,
		               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(user),
		                       db_arg_i64(note->id)),
		               NULL, err);
	return db_exec(tx->db, &sql_mention_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(user), db_arg_i64(note->id),
	                       db_arg_i64(tx->now)),
	               NULL, err);
}

bool mention_set(struct db_tx *tx, const struct note *note, const struct response *r,
                 struct err *err)
{
	struct member *members;
	size_t count;
	if (note->deleted_at)
		return db_exec(tx->db, &sql_mention_delete_all,
		               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(note->id)), NULL, err);
	if (!mention_people(tx->db, tx->arena, r, &members, &count, err))
		return false;
	bool *called = ARENA_ARRAY(tx->arena, bool, count + 1);
	find_called(tx->arena, note->text, members, count, called);
	for (size_t i = 0; i < count; i++) {
		int64_t user = members[i].user.id;
		if (user != note->author_id && !set_one(tx, note, user, called[i], err))
			return false;
	}
	return true;
}

static bool mention_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct mention *)out = (struct mention){
		.note = { .id = db_i64(rows, 0),
		          .response_id = db_i64(rows, 1),
		          .author_id = db_i64(rows, 2),
		          .author = db_text(rows, 3, a),
		          .text = db_text(rows, 4, a),
		          .created_at = db_i64(rows, 5),
		          .edited_at = db_i64(rows, 6),
		          .deleted_at = db_i64(rows, 7) },
		.read_at = db_i64(rows, 8),
	};
	return true;
}

/* Those of answers that the caller may see still. */
static bool keep_visible(struct db *db, struct arena *a, const struct caller *caller,
                         struct mention *all, size_t *count, struct err *err)
{
	struct team_scope scope;
	size_t kept = 0;
	if (!team_scope_load(db, a, caller, &scope, err))
		return false;
	for (size_t i = 0; i < *count && kept < MENTIONS_SHOWN; i++) {
		struct mention m = all[i];
		bool taken;
		if (!response_find(db, a, caller->workspace, m.note.response_id, &m.response,
		                   err)) {
			if (err->kind != ERR_NOT_FOUND)
				return false;
			continue;
		}
		if (!scope_takes(&scope, a, &m.response, &taken, err))
			return false;
		if (taken && m.response.state != RESPONSE_DELETED)
			all[kept++] = m;
	}
	*count = kept;
	return true;
}

bool mention_list(struct db *db, struct arena *a, const struct caller *caller, struct mention **out,
                  size_t *count, struct err *err)
{
	void *items;
	size_t found;
	if (!db_list(db, &sql_mention_list,
	             DB_ARGS(db_arg_i64(caller->workspace), db_arg_i64(caller->user),
	                     db_arg_i64(LOOKED_AT)),
	             mention_row, sizeof(struct mention), a, &items, &found, err) ||
	    !keep_visible(db, a, caller, items, &found, err))
		return false;
	*out = items;
	*count = found;
	return true;
}

bool mention_read_all(struct db_tx *tx, void *input, struct err *err)
{
	const struct caller *caller = input;
	return db_exec(tx->db, &sql_mention_read_all,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(caller->user),
	                       db_arg_i64(tx->now)),
	               NULL, err);
}
