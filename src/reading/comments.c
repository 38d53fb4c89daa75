/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/comments.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "db/list.h"
#include "feedback/response.h"
#include "reading/reader.sql.h"
#include "survey/definition.h"
#include "survey/survey.h"

#define AT_ONCE     50
#define PART_SIGN   "\x1f"
#define INPUT_BYTES (RESPONSE_COMMENT_MAX + DEFINITION_TEXT_MAX + 256)

static bool comment_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct read_comment *)out = (struct read_comment){
		.response = db_i64(rows, 0),
		.survey = db_i64(rows, 1),
		.version = (int)db_i64(rows, 2),
		.score = db_is_null(rows, 3) ? SCORE_NONE : (int)db_i64(rows, 3),
		.text = db_text(rows, 4, a),
		.language = db_text(rows, 5, a),
		.was_kept = !db_is_null(rows, 6),
		.kept = { .input = db_i64(rows, 6),
		          .engine = db_i64(rows, 7),
		          .taxonomy = db_i64(rows, 8),
		          .language = db_text(rows, 9, a),
		          .low_effort = (int)db_i64(rows, 10),
		          .sentiment = db_is_null(rows, 11) ? -1 : (int)db_i64(rows, 11),
		          .score = db_real(rows, 12) },
		.person = db_i64(rows, 13),
		.told = response_told(rows, 14, 15, a),
	};
	return true;
}

uint64_t comment_owner(const struct read_comment *c)
{
	return (uint64_t)(c->person ? c->person : c->response);
}

/* A version of a survey, parsed once a page. */
struct asked {
	int64_t survey;
	int version;
	struct definition definition;
};

static bool find_asked(struct db *db, struct arena *a, int64_t workspace,
                       const struct read_comment *c, struct asked *known, size_t *count,
                       const struct asked **out, struct err *err)
{
	Str json;
	for (size_t i = 0; i < *count; i++)
		if (known[i].survey == c->survey && known[i].version == c->version) {
			*out = &known[i];
			return true;
		}
	struct asked *new = &known[*count];
	*new = (struct asked){ .survey = c->survey, .version = c->version };
	if (!survey_definition(db, a, workspace, c->survey, c->version, &json, err) ||
	    !definition_parse(a, json, &new->definition, err))
		return false;
	++*count;
	*out = new;
	return true;
}

/* Without a score nobody knows which one was shown, unless there is one for all. */
static Str question_of(const struct definition *d, const struct read_comment *c)
{
	const struct definition_translation *t = definition_translation_find(d, c->language);
	const struct definition_texts *texts = t ? &t->texts : &d->texts;
	if (c->score != SCORE_NONE)
		return texts->follow_up[score_group_of(c->score)];
	return d->follow_up_one ? texts->follow_up[GROUP_PASSIVES] : (Str){ 0 };
}

static bool ask(struct db *db, struct arena *a, int64_t workspace, struct read_comment *all,
                size_t count, struct err *err)
{
	struct asked *known = ARENA_ARRAY(a, struct asked, count + 1);
	const struct asked *asked;
	size_t known_count = 0;
	for (size_t i = 0; i < count; i++) {
		if (!all[i].text.at)
			continue;
		if (!find_asked(db, a, workspace, &all[i], known, &known_count, &asked, err))
			return false;
		all[i].question = question_of(&asked->definition, &all[i]);
	}
	return true;
}

static bool comments_some(struct db *db, struct arena *a, int64_t workspace, const int64_t *ids,
                          size_t count, void **items, size_t *found, struct err *err)
{
	DbArg args[AT_ONCE + 1];
	args[0] = db_arg_i64(workspace);
	for (size_t i = 0; i < AT_ONCE; i++)
		args[i + 1] = db_arg_i64(i < count ? ids[i] : 0);
	return db_list(db, &sql_reader_these, (DbArgs){ args, AT_ONCE + 1 }, comment_row,
	               sizeof(struct read_comment), a, items, found, err);
}

bool comments_of(struct db *db, struct arena *a, int64_t workspace, const int64_t *ids,
                 size_t count, struct read_comment **out, size_t *found, struct err *err)
{
	struct read_comment *all = ARENA_ARRAY(a, struct read_comment, count + 1);
	size_t n = 0;
	for (size_t at = 0; at < count; at += AT_ONCE) {
		void *items;
		size_t some;
		size_t part = count - at < AT_ONCE ? count - at : AT_ONCE;
		if (!comments_some(db, a, workspace, ids + at, part, &items, &some, err))
			return false;
		if (some)
			memcpy(all + n, items, some * sizeof *all);
		n += some;
	}
	*out = all;
	*found = n;
	return ask(db, a, workspace, all, n, err);
}

bool comments_before(struct db *db, struct arena *a, int64_t workspace, int64_t before, size_t max,
                     struct read_comment **out, size_t *found, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_reader_page,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(before), db_arg_i64((int64_t)max)),
	             comment_row, sizeof(struct read_comment), a, &items, found, err))
		return false;
	*out = items;
	return ask(db, a, workspace, *out, *found, err);
}

int64_t comment_input(const struct read_comment *c, unsigned languages)
{
	unsigned char hash[HASH_SIZE];
	struct buf all;
	int64_t input;
	buf_init(&all, INPUT_BYTES);
	int group = c->score == SCORE_NONE ? -1 : (int)score_group_of(c->score);
	buf_printf(&all, "%d" PART_SIGN "%.*s" PART_SIGN, group, STR_FMT(c->language));
	buf_add(&all, c->question);
	buf_add(&all, STR(PART_SIGN));
	buf_add(&all, c->text);
	if (languages)
		buf_printf(&all, PART_SIGN "%u", languages);
	if (c->told.wish != TRANSCRIPT_DETECT)
		buf_printf(&all, PART_SIGN "told" PART_SIGN "%d" PART_SIGN "%.*s",
		           (int)c->told.wish, STR_FMT(c->told.customer));
	hash_sha256(buf_str(&all), hash);
	buf_free(&all);
	memcpy(&input, hash, sizeof input);
	return input & INT64_MAX;
}
