/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/suggestion.h"

#include <inttypes.h>

#include "account/audit.h"
#include "base/buf.h"
#include "base/die.h"
#include "db/list.h"
#include "reading/suggestion.sql.h"
#include "reading/theme_change.h"

Str suggestion_state_name(enum suggestion_state state)
{
	switch (state) {
#define SUGGESTION_CASE(value, number, name) \
	case value:                          \
		return STR(name);
		SUGGESTION_STATES(SUGGESTION_CASE)
#undef SUGGESTION_CASE
	}
	UNREACHABLE();
}

bool suggestion_state_find(Str name, enum suggestion_state *out)
{
#define SUGGESTION_FIND(value, number, word) \
	if (str_eq(name, STR(word))) {       \
		*out = value;                \
		return true;                 \
	}
	SUGGESTION_STATES(SUGGESTION_FIND)
#undef SUGGESTION_FIND
	return false;
}

static bool suggestion_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct suggestion *)out = (struct suggestion){
		.id = db_i64(rows, 0),
		.state = (enum suggestion_state)db_i64(rows, 1),
		.name = db_text(rows, 2, a),
		.words = db_text(rows, 3, a),
		.language = db_text(rows, 4, a),
		.renamed = db_i64(rows, 5) != 0,
		.comments = db_i64(rows, 6),
		.theme = db_i64(rows, 7),
		.actor = db_text(rows, 8, a),
		.made_at = db_i64(rows, 9),
		.changed_at = db_i64(rows, 10),
	};
	return true;
}

bool suggestion_list(struct db *db, struct arena *a, int64_t workspace, struct suggestion **out,
                     size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_suggestion_list, DB_ARGS(db_arg_i64(workspace)), suggestion_row,
	             sizeof(struct suggestion), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

static bool find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                 struct suggestion *out, struct err *err)
{
	bool found;
	if (!db_one(db, &sql_suggestion_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)),
	            suggestion_row, out, a, &found, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "there is no suggestion %" PRId64, id);
}

static bool id_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(int64_t *)out = db_i64(rows, 0);
	return true;
}

bool suggestion_quotes(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                       int64_t out[static SUGGESTED_QUOTES], size_t *count, struct err *err)
{
	void *items;
	size_t found;
	if (!db_list(db, &sql_suggestion_quotes, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)),
	             id_row, sizeof *out, a, &items, &found, err))
		return false;
	*count = found < SUGGESTED_QUOTES ? found : SUGGESTED_QUOTES;
	for (size_t i = 0; i < *count; i++)
		out[i] = ((const int64_t *)items)[i];
	return true;
}

/* --- what people do ----------------------------------------------------------------------------------- */

static bool save(struct db_tx *tx, struct suggestion_change *in, const char *action,
                 struct err *err)
{
	struct suggestion *s = &in->suggestion;
	s->actor = in->actor;
	s->changed_at = tx->now;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_suggestion_update,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(s->id), db_arg_i64(s->state),
	                       db_arg_text(s->name), db_arg_bool(s->renamed),
	                       db_arg_id_or_null(s->theme), db_arg_text(in->actor),
	                       db_arg_i64(tx->now)),
	               NULL, err) &&
	       audit_write(tx, in->actor, str_of(action), s->name, (Str){ "", 0 }, err);
}

static bool accept(struct db_tx *tx, struct suggestion_change *in, struct err *err)
{
	struct theme_change make = { .actor = in->actor,
		                     .name = in->suggestion.name,
		                     .seeds = in->suggestion.words,
		                     .arena = in->arena };
	if (!theme_change(tx, &make, err))
		return false;
	in->suggestion.theme = make.theme.id;
	return save(tx, in, "suggestion.accept", err);
}

static Str with_line(struct arena *a, Str words, Str line)
{
	return words.at ? str_printf(a, "%.*s\n%.*s", STR_FMT(words), STR_FMT(line)) : line;
}

static bool merge(struct db_tx *tx, struct suggestion_change *in, struct err *err)
{
	struct workspace_theme into;
	struct theme_change change = { .id = in->into, .actor = in->actor, .arena = in->arena };
	if (!theme_find(tx->db, in->arena, tx->workspace, in->into, &into, err))
		return false;
	change.seeds = with_line(in->arena, into.seeds, in->suggestion.words);
	if (!theme_change(tx, &change, err))
		return false;
	in->suggestion.theme = in->into;
	return save(tx, in, "suggestion.merge", err);
}

/* The words of a theme without that line, the last of its kind; false: it is not among them. */
static bool without_line(struct arena *a, Str words, Str line, Str *out)
{
	Str one, rest = words, before, after;
	size_t at = 0, from = SIZE_MAX, to = 0;
	while (str_cut(&rest, '\n', &one)) {
		if (str_eq(str_trim(one), line)) {
			from = at;
			to = at + one.len;
		}
		at += one.len + 1;
	}
	if (from == SIZE_MAX)
		return false;
	before = str_trim(str_slice(words, 0, from));
	after = str_trim(str_from(words, to));
	*out = str_printf(a, "%.*s%s%.*s", STR_FMT(before), before.len && after.len ? "\n" : "",
	                  STR_FMT(after));
	return true;
}

static bool undo_merge(struct db_tx *tx, struct suggestion_change *in, struct err *err)
{
	struct workspace_theme theme;
	struct theme_change change = { .id = in->suggestion.theme,
		                       .actor = in->actor,
		                       .arena = in->arena };
	if (!theme_find(tx->db, in->arena, tx->workspace, change.id, &theme, err))
		return false;
	if (!theme.seeds.at ||
	    !without_line(in->arena, theme.seeds, in->suggestion.words, &change.seeds))
		return err_set(err, ERR_CONFLICT,
		               "the words of that theme were changed since; change them there");
	return theme_change(tx, &change, err);
}

static bool undo(struct db_tx *tx, struct suggestion_change *in, enum suggestion_state was,
                 struct err *err)
{
	struct theme_change gone = { .id = in->suggestion.theme,
		                     .actor = in->actor,
		                     .dismisses = true,
		                     .arena = in->arena };
	if (was == SUGGESTION_ACCEPTED && !theme_change(tx, &gone, err))
		return false;
	if (was == SUGGESTION_MERGED && !undo_merge(tx, in, err))
		return false;
	in->suggestion.theme = 0;
	return save(tx, in, "suggestion.undo", err);
}

static bool move(struct db_tx *tx, struct suggestion_change *in, struct err *err)
{
	enum suggestion_state was = in->suggestion.state;
	if (was == in->to)
		return true;
	if (was != SUGGESTION_OPEN && in->to != SUGGESTION_OPEN)
		return err_set(err, ERR_CONFLICT, "this suggestion was dealt with already");
	in->suggestion.state = in->to;
	switch (in->to) {
	case SUGGESTION_OPEN:
		return undo(tx, in, was, err);
	case SUGGESTION_ACCEPTED:
		return accept(tx, in, err);
	case SUGGESTION_MERGED:
		return merge(tx, in, err);
	case SUGGESTION_DISMISSED:
		return save(tx, in, "suggestion.dismiss", err);
	}
	UNREACHABLE();
}

bool suggestion_change(struct db_tx *tx, void *input, struct err *err)
{
	struct suggestion_change *in = input;
	if (!find(tx->db, in->arena, tx->workspace, in->id, &in->suggestion, err))
		return false;
	if (in->name.at) {
		in->suggestion.name = in->name;
		in->suggestion.renamed = true;
	}
	if (in->moves)
		return move(tx, in, err);
	return !in->name.at || save(tx, in, "suggestion.rename", err);
}

bool suggestion_check(struct db *db, struct arena *a, int64_t workspace, Str shipped,
                      const struct suggestion_change *in, struct err *err)
{
	struct workspace_theme *all, into = { 0 };
	struct suggestion s;
	size_t count;
	bool makes = in->moves && (in->to == SUGGESTION_ACCEPTED || in->to == SUGGESTION_MERGED);
	if (!makes)
		return true;
	if (!find(db, a, workspace, in->id, &s, err) ||
	    (in->into && !theme_find(db, a, workspace, in->into, &into, err)) ||
	    !theme_list(db, a, workspace, &all, &count, err))
		return false;
	return theme_seeds_check(a, shipped, all, count, in->into,
	                         with_line(a, into.seeds, s.words), err);
}

/* --- what a look found -------------------------------------------------------------------------------- */

/* The words of a line "en: a, b". */
static size_t words_of(Str line, Str out[static SUGGESTED_WORDS])
{
	size_t n = 0, colon = str_find_char(line, ':', 0);
	Str one, rest = colon == SIZE_MAX ? line : str_from(line, colon + 1);
	while (n < SUGGESTED_WORDS && str_cut(&rest, ',', &one))
		out[n++] = str_trim(one);
	return n;
}

static Str line_of(struct arena *a, const struct suggested_theme *s)
{
	struct buf out;
	buf_init(&out, SUGGESTION_WORDS_BYTES);
	buf_printf(&out, "%.*s: ", STR_FMT(tongue_code(s->tongue)));
	for (size_t i = 0; i < s->word_count; i++)
		buf_printf(&out, "%s%.*s", i ? ", " : "", STR_FMT(s->words[i]));
	Str line = str_copy(a, buf_str(&out));
	buf_free(&out);
	return line;
}

static const struct suggestion *alike(const struct suggestion *all, size_t count,
                                      const struct suggested_theme *s)
{
	Str words[SUGGESTED_WORDS];
	for (size_t i = 0; i < count; i++) {
		size_t n = words_of(all[i].words, words);
		if (str_eq(all[i].language, tongue_code(s->tongue)) &&
		    suggested_alike(words, n, s->words, s->word_count))
			return &all[i];
	}
	return NULL;
}

static bool write_quotes(struct db_tx *tx, int64_t id, const struct suggestion_found *in,
                         const struct suggested_theme *s, struct err *err)
{
	DbArg workspace = db_arg_i64(tx->workspace);
	if (!db_exec(tx->db, &sql_suggestion_quotes_clear, DB_ARGS(workspace, db_arg_i64(id)), NULL,
	             err))
		return false;
	for (size_t i = 0; i < s->quote_count; i++)
		if (!db_exec(tx->db, &sql_suggestion_quote_insert,
		             DB_ARGS(workspace, db_arg_i64(id),
		                     db_arg_i64(in->response[s->quotes[i]]),
		                     db_arg_i64((int64_t)i)),
		             NULL, err))
			return false;
	return true;
}

static bool write_new(struct db_tx *tx, const struct suggested_theme *s, int64_t *id,
                      struct err *err)
{
	*id = tx_new_id(tx);
	return db_exec(tx->db, &sql_suggestion_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*id), db_arg_text(s->name),
	                       db_arg_text(line_of(tx->arena, s)),
	                       db_arg_text(tongue_code(s->tongue)),
	                       db_arg_i64((int64_t)s->comments), db_arg_i64(tx->now)),
	               NULL, err);
}

static bool refresh(struct db_tx *tx, int64_t id, const struct suggested_theme *s, struct err *err)
{
	return db_exec(tx->db, &sql_suggestion_refresh,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id), db_arg_text(s->name),
	                       db_arg_text(line_of(tx->arena, s)),
	                       db_arg_i64((int64_t)s->comments)),
	               NULL, err);
}

/* Not what somebody gave a name, for it waits to be decided on; nor what somebody undid while the look, that had it for decided, was
 * under way. */
static bool drop_rest(struct db_tx *tx, const struct suggestion *all, size_t count,
                      const bool *again, int64_t began_at, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].state == SUGGESTION_OPEN && !all[i].renamed && !again[i] &&
		    all[i].changed_at < began_at &&
		    !db_exec(tx->db, &sql_suggestion_delete,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(all[i].id)), NULL, err))
			return false;
	return true;
}

bool suggestion_keep(struct db_tx *tx, void *input, struct err *err)
{
	const struct suggestion_found *in = input;
	struct suggestion *all;
	size_t count;
	if (!suggestion_list(tx->db, tx->arena, tx->workspace, &all, &count, err))
		return false;
	bool *again = ARENA_ARRAY(tx->arena, bool, count + 1);
	for (size_t i = 0; i < in->count; i++) {
		const struct suggested_theme *s = &in->all[i];
		const struct suggestion *old = alike(all, count, s);
		int64_t id = old ? old->id : 0;
		if (old && (old->state != SUGGESTION_OPEN || again[old - all]))
			continue;
		if (old)
			again[old - all] = true;
		if (!(old ? refresh(tx, id, s, err) : write_new(tx, s, &id, err)) ||
		    !write_quotes(tx, id, in, s, err))
			return false;
	}
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return drop_rest(tx, all, count, again, in->began_at, err) &&
	       db_exec(tx->db, &sql_suggestion_search_end,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->began_at),
	                       db_arg_i64(tx->now), db_arg_i64(in->comments),
	                       db_arg_i64(in->left_over), db_arg_i64(in->wanted)),
	               NULL, err);
}
