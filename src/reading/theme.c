/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/theme.h"

#include <inttypes.h>

#include "account/audit.h"
#include "base/buf.h"
#include "base/die.h"
#include "db/list.h"
#include "reading/theme.sql.h"
#include "text/language_id.h"

#define OURS STR("heed")

Str theme_state_name(enum theme_state state)
{
	switch (state) {
#define THEME_CASE(value, number, name) \
	case value:                     \
		return STR(name);
		THEME_STATES(THEME_CASE)
#undef THEME_CASE
	}
	UNREACHABLE();
}

/* "de en": what a later Heed no longer reads is passed over. */
static unsigned languages_read(Str codes)
{
	unsigned bits = 0;
	Str rest = codes, code;
	while (rest.at && str_cut(&rest, ' ', &code))
		if (tongue_of_tag(code) != TONGUE_OTHER)
			bits |= TONGUE_BIT(tongue_of_tag(code));
	return bits;
}

static Str languages_written(struct arena *a, unsigned bits)
{
	struct buf *out = buf_in(a, 4 * TONGUE_COUNT);
	for (unsigned t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++) {
		if (!(bits & TONGUE_BIT(t)))
			continue;
		if (out->len)
			buf_add_char(out, ' ');
		buf_add(out, tongue_code((enum tongue)t));
	}
	return buf_str(out);
}

bool reading_setting_languages(struct db_tx *tx, void *input, struct err *err)
{
	const struct languages_input *in = input;
	Str codes = languages_written(tx->arena, in->languages);
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_reading_setting_languages,
	               DB_ARGS(db_arg_i64(tx->workspace),
	                       in->languages ? db_arg_text(codes) : db_arg_null()),
	               NULL, err) &&
	       audit_write(tx, in->actor, STR("reading.languages"),
	                   in->languages ? codes : STR("all"), STR(""), err);
}

static bool setting_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct reading_setting *)out =
	    (struct reading_setting){ .industry = db_text(rows, 0, a),
		                      .taxonomy = db_i64(rows, 1),
		                      .languages = languages_read(db_text(rows, 2, a)),
		                      .industry_skipped = db_i64(rows, 3) != 0 };
	return true;
}

bool reading_setting_find(struct db *db, struct arena *a, int64_t workspace,
                          struct reading_setting *out, struct err *err)
{
	bool found;
	*out = (struct reading_setting){ 0 };
	return db_one(db, &sql_reading_setting_find, DB_ARGS(db_arg_i64(workspace)), setting_row,
	              out, a, &found, err);
}

bool reading_setting_changed(struct db_tx *tx, struct err *err)
{
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_reading_setting_changed, DB_ARGS(db_arg_i64(tx->workspace)),
	               NULL, err);
}

static bool theme_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct workspace_theme *)out = (struct workspace_theme){
		.id = db_i64(rows, 0),
		.code = db_text(rows, 1, a),
		.name = db_text(rows, 2, a),
		.renamed = db_i64(rows, 3) != 0,
		.industries = (unsigned)db_i64(rows, 4),
		.state = (enum theme_state)db_i64(rows, 5),
		.seeds = db_text(rows, 6, a),
		.merged_into = db_i64(rows, 7),
		.description = db_text(rows, 8, a),
	};
	return true;
}

bool theme_list(struct db *db, struct arena *a, int64_t workspace, struct workspace_theme **out,
                size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_theme_list, DB_ARGS(db_arg_i64(workspace)), theme_row,
	             sizeof(struct workspace_theme), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool theme_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                struct workspace_theme *out, struct err *err)
{
	bool found;
	if (!db_one(db, &sql_theme_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), theme_row,
	            out, a, &found, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "there is no theme %" PRId64, id);
}

bool theme_is_shown(const struct workspace_theme *t)
{
	return t->state == THEME_ON || t->state == THEME_ON_BY_INDUSTRY;
}

bool theme_is_own(const struct workspace_theme *t)
{
	return str_starts(t->code, STR(THEME_OWN_CODE));
}

/* Not asked yet: all of them. */
static unsigned industry_bits(Str industry)
{
	for (unsigned i = 0; industry.at && i < INDUSTRY_COUNT; i++)
		if (str_eq(industry, industry_key((enum industry)i)))
			return 1U << i;
	return INDUSTRY_ALL;
}

bool reading_setting_industry(struct db_tx *tx, void *input, struct err *err)
{
	const struct industry_input *in = input;
	Str none = { "", 0 };
	Str said = in->industry.at ? in->industry : in->skipped ? STR("skipped") : none;
	DbArg workspace = db_arg_i64(tx->workspace);
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_reading_setting_industry,
	               DB_ARGS(workspace, db_arg_text_or_null(in->industry),
	                       db_arg_i64(in->skipped)),
	               NULL, err) &&
	       db_exec(tx->db, &sql_theme_follow_industry,
	               DB_ARGS(workspace, db_arg_i64(industry_bits(in->industry))), NULL, err) &&
	       audit_write(tx, in->actor, STR("reading.industry"), said, none, err);
}

static bool settle_one(struct db_tx *tx, const struct theme *t, unsigned bits, struct err *err)
{
	enum theme_state state =
	    t->industries & bits ? THEME_ON_BY_INDUSTRY : THEME_OFF_BY_INDUSTRY;
	int64_t id;
	Str name = theme_name(t, TONGUE_OTHER);
	if (!db_one_i64(tx->db, &sql_theme_of_code,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(t->key)), 0, &id, err))
		return false;
	if (id != 0)
		return db_exec(tx->db, &sql_theme_refresh,
		               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id), db_arg_text(name),
		                       db_arg_i64(t->industries)),
		               NULL, err);
	return db_exec(tx->db, &sql_theme_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx_new_id(tx)),
	                       db_arg_text(t->key), db_arg_text(name), db_arg_i64(0),
	                       db_arg_i64(t->industries), db_arg_i64(state), db_arg_null(),
	                       db_arg_text(OURS), db_arg_i64(tx->now)),
	               NULL, err);
}

bool theme_settle(struct db_tx *tx, void *input, struct err *err)
{
	const struct taxonomy *t = input;
	struct reading_setting setting;
	if (!reading_setting_find(tx->db, tx->arena, tx->workspace, &setting, err))
		return false;
	for (uint32_t i = 0; i < t->themes; i++)
		if (!settle_one(tx, &t->theme[i], industry_bits(setting.industry), err))
			return false;
	return true;
}

static const struct workspace_theme *with_code(const struct workspace_theme *all, size_t count,
                                               Str code)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(all[i].code, code))
			return &all[i];
	return NULL;
}

/* Of a line such as "[price]"; at NULL: it is another one. */
static Str code_of_line(Str line)
{
	line = str_trim(line);
	return line.len > 2 && line.at[0] == '[' && line.at[line.len - 1] == ']'
	           ? str_slice(line, 1, line.len - 2)
	           : (Str){ 0 };
}

/* Which themes are written; count 0: all. */
struct chosen {
	Str code[TAXONOMY_THEMES_MAX];
	size_t count;
};

static bool is_chosen(const struct chosen *c, Str code)
{
	for (size_t i = 0; i < c->count; i++)
		if (str_eq(c->code[i], code))
			return true;
	return c->count == 0;
}

/* Own words stand right behind the head of their theme. */
static void add_shipped(struct buf *out, Str shipped, const struct workspace_theme *all,
                        size_t count, const struct chosen *chosen)
{
	Str line;
	bool within = chosen->count == 0;
	while (str_cut(&shipped, '\n', &line)) {
		Str code = code_of_line(line);
		const struct workspace_theme *t = code.at ? with_code(all, count, code) : NULL;
		if (code.at)
			within = is_chosen(chosen, code);
		if (within)
			buf_printf(out, "%.*s\n", STR_FMT(line));
		if (within && t && t->seeds.at)
			buf_printf(out, "%.*s\n", STR_FMT(t->seeds));
	}
}

static Str lines_of(struct arena *a, Str shipped, const struct workspace_theme *all, size_t count,
                    const struct chosen *chosen)
{
	struct buf out;
	buf_init(&out, 2 * TAXONOMY_BYTES_MAX);
	add_shipped(&out, shipped, all, count, chosen);
	for (size_t i = 0; i < count; i++) {
		const struct workspace_theme *t = &all[i];
		if (theme_is_own(t) && t->seeds.at && t->state != THEME_DISMISSED &&
		    is_chosen(chosen, t->code))
			buf_printf(&out, "\n[%.*s]\nname: %.*s\n%.*s\n", STR_FMT(t->code),
			           STR_FMT(t->name), STR_FMT(t->seeds));
	}
	MUST(!out.overflowed);
	Str text = str_copy(a, buf_str(&out));
	buf_free(&out);
	return text;
}

Str theme_lines(struct arena *a, Str shipped, const struct workspace_theme *all, size_t count)
{
	return lines_of(a, shipped, all, count, &(struct chosen){ 0 });
}

/* What stands in angle brackets, where it is not chosen yet. */
static void choose_named(struct chosen *c, Str text)
{
	for (size_t at = str_find_char(text, '<', 0); at != SIZE_MAX;
	     at = str_find_char(text, '<', at + 1)) {
		size_t end = str_find_char(text, '>', at);
		if (end == SIZE_MAX)
			return;
		Str code = str_slice(text, at + 1, end - at - 1);
		if (!is_chosen(c, code) && c->count < TAXONOMY_THEMES_MAX)
			c->code[c->count++] = code;
	}
}

Str theme_lines_of(struct arena *a, Str shipped, const struct workspace_theme *all, size_t count,
                   const Str *codes, size_t code_count)
{
	struct chosen *c = ARENA_NEW(a, struct chosen);
	size_t before;
	Str text;
	MUST(code_count > 0 && code_count <= TAXONOMY_THEMES_MAX);
	for (; c->count < code_count; c->count++)
		c->code[c->count] = codes[c->count];
	do {
		before = c->count;
		text = lines_of(a, shipped, all, count, c);
		choose_named(c, text);
	} while (c->count > before);
	return text;
}

static bool is_words(Str line)
{
	Str trimmed = str_trim(line);
	return trimmed.len > 0 && trimmed.at[0] != '#' && !str_starts(trimmed, STR("name")) &&
	       !str_starts(trimmed, STR("industries"));
}

Str theme_shipped_words(struct arena *a, Str shipped, Str code)
{
	Str line;
	bool found = false, within = false;
	struct buf out;
	buf_init(&out, TAXONOMY_BYTES_MAX);
	while (str_cut(&shipped, '\n', &line)) {
		Str head = code_of_line(line);
		if (head.at) {
			within = str_eq(head, code);
			found = found || within;
		} else if (within && is_words(line)) {
			buf_printf(&out, "%s%.*s", out.len ? "\n" : "", STR_FMT(str_trim(line)));
		}
	}
	Str text = found ? str_copy(a, buf_str(&out)) : (Str){ 0 };
	buf_free(&out);
	return text;
}
