/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/response_extra.h"

#include "db/list.h"
#include "feedback/response_extra.sql.h"

#define AT_ONCE 50

/* Some answers with their extras. */
struct part {
	struct db *db;
	struct arena *arena;
	const struct response *all;
	struct response_extra *extras;
	size_t count;
	DbArg args[AT_ONCE + 1];
};

struct found {
	int64_t response_id, number;
	Str text;
};

static bool text_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct found *)out =
	    (struct found){ .response_id = db_i64(rows, 0), .text = db_text(rows, 1, a) };
	return true;
}

static bool number_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct found *)out =
	    (struct found){ .response_id = db_i64(rows, 0), .number = db_i64(rows, 1) };
	return true;
}

static struct response_extra *extra_of(struct part *p, int64_t id)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->all[i].id == id)
			return &p->extras[i];
	return NULL;
}

static bool find(const struct part *p, const struct db_stmt *stmt, db_row_fn read,
                 struct found **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(p->db, stmt, (DbArgs){ p->args, AT_ONCE + 1 }, read, sizeof(struct found),
	             p->arena, &items, count, err))
		return false;
	*out = items;
	return true;
}

/* They come in order of the answers, so that an answer's tags lie side by side. */
static bool tags(struct part *p, struct err *err)
{
	struct found *found;
	size_t count;
	if (!find(p, &sql_extra_tags, text_row, &found, &count, err))
		return false;
	Str *names = ARENA_ARRAY(p->arena, Str, count + 1);
	for (size_t i = 0; i < count; i++) {
		struct response_extra *extra = extra_of(p, found[i].response_id);
		names[i] = found[i].text;
		if (!extra)
			continue;
		if (!extra->tag_count)
			extra->tags = &names[i];
		extra->tag_count++;
	}
	return true;
}

static bool notes(struct part *p, struct err *err)
{
	struct found *found;
	size_t count;
	if (!find(p, &sql_extra_notes, number_row, &found, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct response_extra *extra = extra_of(p, found[i].response_id);
		if (extra)
			extra->notes = found[i].number;
	}
	return true;
}

static bool people(struct part *p, struct err *err)
{
	struct found *found;
	size_t count;
	if (!find(p, &sql_extra_people, text_row, &found, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct response_extra *extra = extra_of(p, found[i].response_id);
		if (extra)
			extra->person = found[i].text;
	}
	return true;
}

static bool part_read(struct part *p, int64_t workspace, bool names, struct err *err)
{
	p->args[0] = db_arg_i64(workspace);
	for (size_t i = 0; i < AT_ONCE; i++)
		p->args[i + 1] = db_arg_i64(i < p->count ? p->all[i].id : 0);
	return tags(p, err) && notes(p, err) && (!names || people(p, err));
}

bool response_extras(struct db *db, struct arena *a, int64_t workspace, const struct response *all,
                     size_t count, bool names, struct response_extra **out, struct err *err)
{
	struct response_extra *extras = ARENA_ARRAY(a, struct response_extra, count + 1);
	for (size_t at = 0; at < count; at += AT_ONCE) {
		struct part p = {
			.db = db,
			.arena = a,
			.all = all + at,
			.extras = extras + at,
			.count = count - at < AT_ONCE ? count - at : AT_ONCE,
		};
		if (!part_read(&p, workspace, names, err))
			return false;
	}
	*out = extras;
	return true;
}

void response_extra_put(struct json_writer *w, const struct response_extra *extra)
{
	json_put_key(w, STR("tags"));
	json_put_list(w);
	for (size_t i = 0; i < extra->tag_count; i++)
		json_put_text(w, extra->tags[i]);
	json_put_list_end(w);
	json_put_key_i64(w, "note_count", extra->notes);
	json_put_key_text(w, "person_name", extra->person);
}
