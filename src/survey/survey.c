/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey.h"

#include <inttypes.h>

#include "db/list.h"
#include "survey/survey.sql.h"

static const struct {
	int number;
	const char *name;
} kinds[] = {
#define SURVEY_ROW(kind, number, name) { number, name },
	SURVEY_KINDS(SURVEY_ROW)
}, states[] = {
	SURVEY_STATES(SURVEY_ROW)
#undef SURVEY_ROW
};

const char *survey_kind_name(enum survey_kind kind)
{
	return kind == SURVEY_TRANSACTIONAL ? kinds[1].name : kinds[0].name;
}

bool survey_kind_find(Str name, enum survey_kind *out)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_eq(name, str_of(kinds[i].name))) {
			*out = (enum survey_kind)kinds[i].number;
			return true;
		}
	return false;
}

const char *survey_state_name(enum survey_state state)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].number == (int)state)
			return states[i].name;
	return "";
}

bool survey_may_become(enum survey_state from, enum survey_state to)
{
	switch (to) {
	case SURVEY_DRAFT:
		return false;
	case SURVEY_LIVE:
		return from != SURVEY_LIVE;
	case SURVEY_PAUSED:
		return from == SURVEY_LIVE || from == SURVEY_CLOSED;
	case SURVEY_CLOSED:
		return from == SURVEY_LIVE || from == SURVEY_PAUSED;
	}
	return false;
}

const char *survey_door_name(enum survey_door door)
{
	static const char *const doors[] = {
#define SURVEY_DOOR_NAME(door, name) [door] = name,
		SURVEY_DOORS(SURVEY_DOOR_NAME)
#undef SURVEY_DOOR_NAME
	};
	return doors[door];
}

enum survey_door survey_door(const struct survey *s, int64_t now)
{
	if (s->deleted_at)
		return SURVEY_DELETED;
	if (s->archived_at)
		return SURVEY_ARCHIVED;
	if (s->state == SURVEY_DRAFT)
		return SURVEY_UNPUBLISHED;
	if (s->state == SURVEY_CLOSED || (s->closes_at && now >= s->closes_at))
		return SURVEY_ENDED;
	if (s->max_answers && s->taken >= s->max_answers)
		return SURVEY_FULL;
	if (s->state == SURVEY_PAUSED)
		return SURVEY_RESTS;
	return now < s->opens_at ? SURVEY_TOO_EARLY : SURVEY_OPEN;
}

static bool survey_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct survey *)out = (struct survey){
		.id = db_i64(rows, 0),
		.slug = db_text(rows, 1, a),
		.public_slug = db_text(rows, 2, a),
		.name = db_text(rows, 3, a),
		.brand_id = db_i64(rows, 4),
		.kind = (enum survey_kind)db_i64(rows, 5),
		.touchpoint_id = db_i64(rows, 6),
		.state = (enum survey_state)db_i64(rows, 7),
		.version = (int)db_i64(rows, 8),
		.created_at = db_i64(rows, 9),
		.updated_at = db_i64(rows, 10),
		.brand = db_text(rows, 11, a),
		.touchpoint = db_text(rows, 12, a),
		.revision = db_i64(rows, 13),
		.draft_revision = db_i64(rows, 14),
		.opens_at = db_i64(rows, 15),
		.closes_at = db_i64(rows, 16),
		.max_answers = db_i64(rows, 17),
		.taken = db_i64(rows, 18),
		.archived_at = db_i64(rows, 19),
		.deleted_at = db_i64(rows, 20),
		.gating_at = db_i64(rows, 21),
		.gating_by = db_text(rows, 22, a),
	};
	return true;
}

bool survey_find(struct db *db, struct arena *a, int64_t workspace, int64_t id, struct survey *out,
                 struct err *err)
{
	struct survey s;
	bool found;
	if (!db_one(db, &sql_survey_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)),
	            survey_row, &s, a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no survey %" PRId64, id);
	s.workspace = workspace;
	*out = s;
	return true;
}

bool survey_find_by_slug(struct db *db, struct arena *a, int64_t workspace, Str slug, bool *found,
                         struct survey *out, struct err *err)
{
	struct survey s;
	if (!db_one(db, &sql_survey_find_by_slug, DB_ARGS(db_arg_i64(workspace), db_arg_text(slug)),
	            survey_row, &s, a, found, err))
		return false;
	if (*found) {
		s.workspace = workspace;
		*out = s;
	}
	return true;
}

struct address {
	int64_t workspace, survey;
};

static bool address_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct address *)out = (struct address){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

bool survey_find_public(struct db *db, struct arena *a, Str public_slug, bool *found,
                        struct survey *out, struct err *err)
{
	struct address address;
	struct survey s;
	bool known;
	if (!db_one(db, &sql_survey_address_find, DB_ARGS(db_arg_text(public_slug)), address_row,
	            &address, a, &known, err))
		return false;
	/* An address is reserved just before its survey is stored, so it may stand alone for a moment. */
	if (known && !db_one(db, &sql_survey_find,
	                     DB_ARGS(db_arg_i64(address.workspace), db_arg_i64(address.survey)),
	                     survey_row, &s, a, &known, err))
		return false;
	*found = known;
	if (known) {
		s.workspace = address.workspace;
		*out = s;
	}
	return true;
}

bool survey_list(struct db *db, struct arena *a, int64_t workspace, struct survey **out,
                 size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_survey_list, DB_ARGS(db_arg_i64(workspace)), survey_row,
	             sizeof(struct survey), a, &items, count, err))
		return false;
	*out = items;
	for (size_t i = 0; i < *count; i++)
		(*out)[i].workspace = workspace;
	return true;
}

static bool text_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(Str *)out = db_text(rows, 0, a);
	return true;
}

bool survey_definition(struct db *db, struct arena *a, int64_t workspace, int64_t id, int version,
                       Str *json, struct err *err)
{
	bool found;
	Str text;
	bool ok = version
	              ? db_one(db, &sql_survey_version_find,
	                       DB_ARGS(db_arg_i64(workspace), db_arg_i64(id), db_arg_i64(version)),
	                       text_row, &text, a, &found, err)
	              : db_one(db, &sql_survey_version_newest,
	                       DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), text_row, &text, a,
	                       &found, err);
	if (!ok)
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "survey %" PRId64 " has no version %d", id,
		               version);
	*json = text;
	return true;
}

static bool is_slug_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool survey_slug_is_valid(Str slug)
{
	if (!slug.len || slug.len > SURVEY_SLUG_MAX || slug.at[0] == '-' ||
	    slug.at[slug.len - 1] == '-')
		return false;
	for (size_t i = 0; i < slug.len; i++)
		if (!is_slug_char(slug.at[i]))
			return false;
	return true;
}
