/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/theme_change.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "account/audit.h"
#include "db/list.h"
#include "reading/theme_change.sql.h"
#include "text/theme_names.h"

struct pair {
	int64_t first, second;
};

static bool pair_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct pair *)out = (struct pair){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

/* What a theme is told as; `count`: it is none of them. */
static size_t told_as(const struct workspace_theme *all, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].id == id)
			return all[i].merged_into ? told_as(all, count, all[i].merged_into) : i;
	return count;
}

bool theme_recent(struct db *db, struct arena *a, int64_t workspace,
                  const struct workspace_theme *all, size_t count, struct theme_recent *out,
                  struct err *err)
{
	struct pair from;
	bool found;
	void *items;
	size_t mentions;
	if (!db_one(db, &sql_theme_recent_from,
	            DB_ARGS(db_arg_i64(workspace), db_arg_i64(THEME_RECENT_COMMENTS)), pair_row,
	            &from, a, &found, err) ||
	    !db_list(db, &sql_theme_recent, DB_ARGS(db_arg_i64(workspace), db_arg_i64(from.second)),
	             pair_row, sizeof(struct pair), a, &items, &mentions, err))
		return false;
	const struct pair *m = items;
	int64_t *last = ARENA_ARRAY(a, int64_t, count + 1); /* a comment counts once a theme */
	*out = (struct theme_recent){ (size_t)from.first, ARENA_ARRAY(a, int64_t, count + 1) };
	for (size_t i = 0; i < mentions; i++) {
		size_t t = told_as(all, count, m[i].first);
		if (t < count && last[t] != m[i].second) {
			last[t] = m[i].second;
			out->of[t]++;
		}
	}
	return true;
}

static bool note(struct db_tx *tx, const struct theme_change *in, const char *action,
                 struct err *err)
{
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return audit_write(tx, in->actor, str_of(action), in->theme.name, (Str){ "", 0 }, err);
}

/* With all that there are; their words were checked ahead of the unit. */
static bool has_room(struct db_tx *tx, struct arena *a, struct err *err)
{
	struct workspace_theme *all;
	size_t count, read = 0;
	if (!theme_list(tx->db, a, tx->workspace, &all, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		read += all[i].state != THEME_DISMISSED;
	return read < TAXONOMY_THEMES_MAX ||
	       err_set(err, ERR_CONFLICT,
	               "there are %d themes, which is all that comments can be read for: delete "
	               "one of your own first",
	               TAXONOMY_THEMES_MAX);
}

static bool create(struct db_tx *tx, struct theme_change *in, struct err *err)
{
	if (!has_room(tx, in->arena, err))
		return false;
	int64_t id = tx_new_id(tx);
	in->theme = (struct workspace_theme){
		.id = id,
		.code = str_printf(in->arena, THEME_OWN_CODE "%" PRId64, id),
		.name = in->name,
		.renamed = true,
		.state = THEME_ON,
		.seeds = in->seeds,
		.description = in->description,
	};
	return db_exec(tx->db, &sql_theme_create,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id),
	                       db_arg_text(in->theme.code), db_arg_text(in->name),
	                       db_arg_text(in->seeds), db_arg_text(in->actor), db_arg_i64(tx->now),
	                       db_arg_text_or_null(in->description)),
	               NULL, err) &&
	       reading_setting_changed(tx, err) && note(tx, in, "theme.create", err);
}

static bool save(struct db_tx *tx, const struct theme_change *in, struct err *err)
{
	const struct workspace_theme *t = &in->theme;
	return db_exec(tx->db, &sql_theme_update,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(t->id), db_arg_text(t->name),
	                       db_arg_bool(t->renamed), db_arg_i64(t->state),
	                       db_arg_text_or_null(t->seeds), db_arg_i64(t->merged_into),
	                       db_arg_text(in->actor), db_arg_i64(tx->now),
	                       db_arg_text_or_null(t->description)),
	               NULL, err);
}

static bool is_out(const struct workspace_theme *t)
{
	return t->state == THEME_MERGED || t->state == THEME_DISMISSED;
}

static bool merge(struct db_tx *tx, struct theme_change *in, struct err *err)
{
	struct workspace_theme into;
	if (!theme_find(tx->db, in->arena, tx->workspace, in->merge_into, &into, err))
		return false;
	if (into.id == in->id || is_out(&into))
		return err_set(err, ERR_CONFLICT,
		               "a theme is joined with another one that is not joined or dismissed "
		               "itself");
	in->theme.state = THEME_MERGED;
	in->theme.merged_into = into.id;
	return save(tx, in, err) &&
	       db_exec(tx->db, &sql_theme_merged_on,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id), db_arg_i64(into.id)),
	               NULL, err) &&
	       note(tx, in, "theme.merge", err);
}

static bool dismiss(struct db_tx *tx, struct theme_change *in, struct err *err)
{
	if (!theme_is_own(&in->theme))
		return err_set(err, ERR_CONFLICT,
		               "this theme comes with Heed: turn it off instead of deleting it");
	in->theme.state = THEME_DISMISSED;
	return save(tx, in, err) && reading_setting_changed(tx, err) &&
	       note(tx, in, "theme.delete", err);
}

/* One that was deleted comes back as it was, and is read for again. */
static bool restore(struct db_tx *tx, struct theme_change *in, struct err *err)
{
	in->theme.state = THEME_ON;
	return has_room(tx, in->arena, err) && save(tx, in, err) &&
	       reading_setting_changed(tx, err) && note(tx, in, "theme.restore", err);
}

static bool is_blank(Str words)
{
	return str_trim(words).len == 0;
}

static bool take_words(struct theme_change *in, bool *other, struct err *err)
{
	struct workspace_theme *t = &in->theme;
	if (!in->seeds.at)
		return true;
	if (is_blank(in->seeds) && theme_is_own(t))
		return err_set(err, ERR_CONFLICT,
		               "a theme of your own has words; delete it instead");
	Str words = is_blank(in->seeds) ? (Str){ 0 } : in->seeds;
	*other =
	    (words.at != NULL) != (t->seeds.at != NULL) || (words.at && !str_eq(words, t->seeds));
	t->seeds = words;
	return true;
}

static bool change(struct db_tx *tx, struct theme_change *in, struct err *err)
{
	struct workspace_theme *t = &in->theme;
	bool other_words = false;
	if (!take_words(in, &other_words, err))
		return false;
	if (in->name.at) {
		t->name = in->name;
		t->renamed = !str_eq(in->name, theme_shipped_name(t->code, STR("en")));
	}
	if (in->description.at)
		t->description = in->description.len ? in->description : (Str){ 0 };
	if (in->sets_shown)
		t->state = in->shown ? THEME_ON : THEME_OFF;
	return save(tx, in, err) && (!other_words || reading_setting_changed(tx, err)) &&
	       note(tx, in, "theme.change", err);
}

bool theme_change(struct db_tx *tx, void *input, struct err *err)
{
	struct theme_change *in = input;
	if (in->id == 0)
		return create(tx, in, err);
	if (!theme_find(tx->db, in->arena, tx->workspace, in->id, &in->theme, err))
		return false;
	if (in->unmerges && in->theme.state == THEME_MERGED) {
		in->theme.state = THEME_ON;
		in->theme.merged_into = 0;
	}
	if (in->restores && in->theme.state == THEME_DISMISSED)
		return restore(tx, in, err);
	if (is_out(&in->theme))
		return err_set(err, ERR_CONFLICT, "this theme was joined with another or deleted");
	if (in->merge_into)
		return merge(tx, in, err);
	return in->dismisses ? dismiss(tx, in, err) : change(tx, in, err);
}

/* The parser counts the head that was put before the words as a line. */
static bool say_line(struct err *err, const struct err *why)
{
	unsigned long line = 0;
	const char *rest = why->msg;
	if (strncmp(rest, "line ", 5) == 0) {
		char *end;
		line = strtoul(rest + 5, &end, 10);
		rest = end;
	}
	return line > 1 ? err_at(err, ERR_INVALID, "/seeds", "line %lu%s", line - 1, rest)
	                : err_at(err, ERR_INVALID, "/seeds", "%s", why->msg);
}

/* The new words stand first, so that the line that is wrong is a line of theirs. */
static bool check_alone(struct arena *a, Str others, uint32_t other_themes, Str seeds,
                        struct err *err)
{
	struct taxonomy *t = ARENA_NEW(a, struct taxonomy);
	Str text = str_printf(a, "[own]\n%.*s\nname: own\n%.*s", STR_FMT(seeds), STR_FMT(others));
	if (!taxonomy_read(a, text, t, err)) {
		struct err why = *err;
		return say_line(err, &why);
	}
	return t->themes == other_themes + 1 ||
	       err_at(err, ERR_INVALID, "/seeds", "must not begin another theme");
}

/* Whatever else stands against them among all themes. */
static bool check_among(struct arena *a, Str shipped, struct workspace_theme *all, size_t count,
                        struct workspace_theme *changed, Str seeds, struct err *err)
{
	struct taxonomy *t = ARENA_NEW(a, struct taxonomy);
	changed->seeds = seeds;
	if (taxonomy_read(a, theme_lines(a, shipped, all, count), t, err))
		return true;
	struct err why = *err;
	const char *said = strstr(why.msg, ": ");
	return err_at(err, ERR_INVALID, "/seeds", "%s", said ? said + 2 : why.msg);
}

bool theme_seeds_check(struct arena *a, Str shipped, const struct workspace_theme *all,
                       size_t count, int64_t changed, Str seeds, struct err *err)
{
	struct workspace_theme *others = ARENA_ARRAY(a, struct workspace_theme, count + 1);
	struct taxonomy *t = ARENA_NEW(a, struct taxonomy);
	struct workspace_theme new = { .code = STR(THEME_OWN_CODE "new"), .name = STR("new") };
	size_t other_count = 0;
	for (size_t i = 0; i < count; i++)
		if (all[i].id != changed)
			others[other_count++] = all[i];
		else
			new = all[i];
	if (changed && is_blank(seeds))
		return true;
	Str rest = theme_lines(a, shipped, others, other_count);
	if (!taxonomy_read(a, rest, t, err))
		return err_set(err, ERR_CONFLICT,
		               "the words of another theme are wrong: change those first");
	others[other_count] = new;
	return (t->themes == TAXONOMY_THEMES_MAX || check_alone(a, rest, t->themes, seeds, err)) &&
	       check_among(a, shipped, others, other_count + 1, &others[other_count], seeds, err);
}
