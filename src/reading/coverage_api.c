/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/coverage_api.h"

#include "account/reply_json.h"
#include "base/asset.h"
#include "base/die.h"
#include "db/list.h"
#include "reading/coverage.sql.h"
#include "reading/theme.h"
#include "survey/team_scope.h"
#include "text/emotion.h"
#include "text/intent.h"
#include "text/language_id.h"
#include "text/low_effort.h"
#include "text/sentiment.h"
#include "text/urgent.h"

/* Comments that are counted: the newest. */
#define COUNTED_MAX 200000

/* --- how many comments are in which language ----------------------------------------------------------- */

struct counts {
	int64_t by_tongue
	    [TONGUE_COUNT]; /* [TONGUE_OTHER]: in one that is not read, or that was not meant */
	int64_t all;
	bool shown; /* they are of the whole workspace, so a team is not told */
};

struct page_row {
	enum tongue tongue;
	int64_t count, least;
};

static bool page_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct page_row *)out = (struct page_row){ tongue_of_tag(db_text(rows, 0, a)),
		                                     db_i64(rows, 1), db_i64(rows, 2) };
	return true;
}

static bool count(struct db *db, struct arena *a, int64_t workspace, struct counts *out,
                  struct err *err)
{
	int64_t before = INT64_MAX;
	*out = (struct counts){ 0 };
	for (size_t found = 1; found > 0 && out->all < COUNTED_MAX;) {
		void *items;
		if (!db_list(db, &sql_coverage_page,
		             DB_ARGS(db_arg_i64(workspace), db_arg_i64(before)), page_row,
		             sizeof(struct page_row), a, &items, &found, err))
			return false;
		for (size_t i = 0; i < found; i++) {
			const struct page_row *row = (const struct page_row *)items + i;
			out->by_tongue[row->tongue] += row->count;
			out->all += row->count;
			before = row->least < before ? row->least : before;
		}
	}
	return true;
}

/* --- what works ----------------------------------------------------------------------------------------- */

static bool always(enum tongue t)
{
	return t != TONGUE_OTHER;
}

/* Are there seeds of themes in it? */
static bool themes_read(enum tongue t)
{
	char line[8] = { '\n' };
	const struct asset *asset = asset_find(STR("models/themes.txt"));
	Str code = tongue_code(t);
	MUST(asset && code.len == 2);
	line[1] = code.at[0];
	line[2] = code.at[1];
	line[3] = ':';
	return str_find(asset->bytes, (Str){ line, 4 }) != SIZE_MAX;
}

static const struct {
	const char *name;
	bool (*works)(enum tongue t);
} abilities[] = {
	{ "language", always },     { "sentiment", sentiment_speaks },
	{ "themes", themes_read },  { "emotion", emotion_reads },
	{ "intent", intent_reads }, { "low_effort", low_effort_reads },
	{ "urgent", urgent_reads },
};

static bool figures_read(struct arena *a, JsonRef *out, struct err *err)
{
	const struct asset *asset = asset_find(STR("models/figures.json"));
	MUST(asset);
	return json_read(a, asset->bytes, out, err);
}

static bool says(JsonRef figure, const char *member, Str word)
{
	struct err ignored;
	Str text;
	return json_read_text(json_read_member(figure, member), 64, &text, &ignored) &&
	       str_eq(text, word);
}

static void put_figures(struct json_writer *w, JsonRef figures, enum tongue t, Str ability)
{
	static const char *const members[] = { "measure", "value", "texts", "kind", "set" };
	json_put_key(w, STR("figures"));
	json_put_list(w);
	for (size_t i = 0; i < json_read_count(figures); i++) {
		JsonRef figure = json_read_item(figures, i);
		if (!says(figure, "language", tongue_code(t)) || !says(figure, "reads", ability))
			continue;
		json_put_dict(w);
		for (size_t m = 0; m < sizeof members / sizeof members[0]; m++) {
			json_put_key(w, str_of(members[m]));
			json_put_ref(w, json_read_member(figure, members[m]));
		}
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_language(struct json_writer *w, JsonRef figures, enum tongue t, bool enabled,
                         const struct counts *counts)
{
	json_put_dict(w);
	json_put_key_text(w, "language", tongue_code(t));
	json_put_key_bool(w, "enabled", enabled);
	json_put_key_i64_if(w, "comments", counts->shown, counts->by_tongue[t]);
	json_put_key(w, STR("abilities"));
	json_put_list(w);
	for (size_t i = 0; i < sizeof abilities / sizeof abilities[0]; i++) {
		json_put_dict(w);
		json_put_key_text(w, "name", str_of(abilities[i].name));
		json_put_key_bool(w, "works", abilities[i].works(t));
		put_figures(w, figures, t, str_of(abilities[i].name));
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
}

static bool coverage_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct reading_setting setting;
	struct counts counts;
	JsonRef figures;
	if (!reading_setting_find(rq->db, rq->arena, rq->caller.workspace, &setting, err) ||
	    !figures_read(rq->arena, &figures, err) ||
	    !count(rq->db, rq->arena, rq->caller.workspace, &counts, err) ||
	    !team_scope_covers_all(rq, &counts.shown, err))
		return false;
	json_put_dict(w);
	json_put_key_i64_if(w, "comments", counts.shown, counts.all);
	json_put_key_i64_if(w, "not_analysed", counts.shown, counts.by_tongue[TONGUE_OTHER]);
	json_put_key_bool(w, "restricted", setting.languages != 0);
	json_put_key(w, STR("languages"));
	json_put_list(w);
	for (unsigned t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++)
		put_language(w, figures, (enum tongue)t,
		             !setting.languages || setting.languages & TONGUE_BIT(t), &counts);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

/* --- which are read --------------------------------------------------------------------------------------- */

static bool languages_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "languages", NULL };
	struct languages_input *in = ARENA_NEW(rq->arena, struct languages_input);
	JsonRef body, list;
	rq->input = in;
	in->actor = rq->caller.name;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err))
		return false;
	list = json_read_member(body, "languages");
	if (!json_read_is_given(list))
		return true;
	if (!json_read_list(list, TONGUE_COUNT, err))
		return false;
	for (size_t i = 0; i < json_read_count(list); i++) {
		JsonRef item = json_read_item(list, i);
		Str code;
		if (!json_read_text(item, 8, &code, err))
			return false;
		enum tongue t = tongue_of_tag(code);
		if (t == TONGUE_OTHER || !str_eq(code, tongue_code(t)))
			return err_at(err, ERR_INVALID, item.path,
			              "must be the code of a language that Heed reads");
		in->languages |= TONGUE_BIT(t);
	}
	return in->languages || err_at(err, ERR_INVALID, list.path, "names one at least");
}

const struct route coverage_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/reading/coverage",
	  .operation = "getReadingCoverage",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_READ,
	  .read = coverage_read },
	{ .method = "PUT",
	  .path = "/api/v1/reading/languages",
	  .operation = "setReadingLanguages",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .body_max = 4096,
	  .prepare = languages_prepare,
	  .apply = reading_setting_languages,
	  .reply = reply_nothing },
};
const size_t coverage_route_count = sizeof coverage_routes / sizeof coverage_routes[0];
