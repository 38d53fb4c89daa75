/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/response_reading.h"

#include "db/list.h"
#include "feedback/response_reading.sql.h"
#include "text/emotion.h"
#include "text/intent.h"
#include "text/low_effort.h"
#include "text/sentiment.h"
#include "text/theme_names.h"
#include "text/urgent.h"

#define AT_ONCE 50
#define NO      (-1)

struct mention {
	int64_t response, theme;
	Str code, name;
	size_t from, len;
	double polarity, certainty;
	bool by_person, renamed;
};

struct response_reading {
	bool is_read;
	int64_t response;
	Str language, comment;
	bool covered, by_person;
	int low_effort, sentiment, mood, intent; /* NO: not told */
	double score;
	bool has_emotions;
	unsigned emotions, urgent;
	const struct mention *mentions; /* by theme */
	size_t mention_count;
};

static int number(const struct db_rows *rows, int column)
{
	return db_is_null(rows, column) ? NO : (int)db_i64(rows, column);
}

static bool reading_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct response_reading *)out = (struct response_reading){
		.is_read = true,
		.response = db_i64(rows, 0),
		.language = db_text(rows, 1, a),
		.covered = db_i64(rows, 2) != 0,
		.low_effort = (int)db_i64(rows, 3),
		.sentiment = number(rows, 4),
		.score = db_real(rows, 5),
		.by_person = !db_is_null(rows, 6),
		.has_emotions = !db_is_null(rows, 7),
		.emotions = (unsigned)db_i64(rows, 7),
		.mood = number(rows, 8),
		.intent = number(rows, 9),
		.urgent = (unsigned)db_i64(rows, 10),
	};
	return true;
}

static bool mention_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct mention *)out = (struct mention){
		.response = db_i64(rows, 0),
		.theme = db_i64(rows, 1),
		.code = db_text(rows, 2, a),
		.name = db_text(rows, 3, a),
		.from = (size_t)db_i64(rows, 4),
		.len = (size_t)db_i64(rows, 5),
		.polarity = db_real(rows, 6),
		.certainty = db_real(rows, 7),
		.by_person = db_i64(rows, 8) == 2,
		.renamed = db_i64(rows, 9) != 0,
	};
	return true;
}

/* `count` when there is none. */
static size_t place_of(const struct response *all, size_t count, int64_t id)
{
	size_t at = 0;
	while (at < count && all[at].id != id)
		at++;
	return at;
}

static bool part_read(struct db *db, struct arena *a, DbArgs args, const struct response *all,
                      struct response_reading *out, size_t count, struct err *err)
{
	void *readings, *items;
	size_t read, said;
	if (!db_list(db, &sql_response_readings, args, reading_row, sizeof(struct response_reading),
	             a, &readings, &read, err) ||
	    !db_list(db, &sql_response_mentions, args, mention_row, sizeof(struct mention), a,
	             &items, &said, err))
		return false;
	for (size_t i = 0; i < read; i++) {
		const struct response_reading *one = (const struct response_reading *)readings + i;
		size_t at = place_of(all, count, one->response);
		if (at < count)
			out[at] = *one;
	}
	const struct mention *mentions = items;
	for (size_t i = 0; i < said; i++) {
		size_t at = place_of(all, count, mentions[i].response);
		if (at < count && out[at].mention_count++ == 0)
			out[at].mentions = &mentions[i];
	}
	for (size_t i = 0; i < count; i++)
		out[i].comment = all[i].comment;
	return true;
}

bool response_readings(struct db *db, struct arena *a, int64_t workspace,
                       const struct response *all, size_t count, struct response_reading **out,
                       struct err *err)
{
	struct response_reading *readings = ARENA_ARRAY(a, struct response_reading, count + 1);
	for (size_t at = 0; at < count; at += AT_ONCE) {
		size_t part = count - at < AT_ONCE ? count - at : AT_ONCE;
		DbArg args[AT_ONCE + 1] = { db_arg_i64(workspace) };
		for (size_t i = 0; i < AT_ONCE; i++)
			args[i + 1] = db_arg_i64(i < part ? all[at + i].id : 0);
		if (!part_read(db, a, (DbArgs){ args, AT_ONCE + 1 }, all + at, readings + at, part,
		               err))
			return false;
	}
	*out = readings;
	return true;
}

/* A comment that was edited is read again a moment later: a place that lies outside of it now is not told. */
static void put_mention(struct json_writer *w, const struct mention *m, const struct mask_span *at,
                        Str comment)
{
	if (m->len == 0 || m->from + m->len > comment.len)
		return;
	json_put_dict(w);
	json_put_key_i64(w, "from", (int64_t)at->from);
	json_put_key_i64(w, "length", (int64_t)at->len);
	json_put_key_real(w, "polarity", m->polarity);
	json_put_key_real(w, "certainty", m->certainty);
	json_put_dict_end(w);
}

/* `places` are those of the mentions in what is shown. */
static size_t put_theme(struct json_writer *w, const struct mention *m,
                        const struct mask_span *places, size_t count, Str comment)
{
	size_t n = 0;
	double sum = 0;
	bool by_person = false;
	for (; n < count && m[n].theme == m[0].theme; n++) {
		sum += m[n].polarity;
		by_person = by_person || m[n].by_person;
	}
	json_put_dict(w);
	json_put_key_id(w, "id", m->theme);
	theme_names_put(w, m->code, m->name, m->renamed);
	json_put_key_real(w, "polarity", sum / (double)n);
	json_put_key_bool(w, "by_person", by_person);
	json_put_key(w, STR("places"));
	json_put_list(w);
	for (size_t i = 0; i < n; i++)
		put_mention(w, &m[i], &places[i], comment);
	json_put_list_end(w);
	json_put_dict_end(w);
	return n;
}

static void put_sentiment(struct json_writer *w, const struct response_reading *r)
{
	json_put_key(w, STR("sentiment"));
	if (r->sentiment == NO) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_text(w, "label", sentiment_word((enum sentiment_label)r->sentiment));
	json_put_key(w, STR("score"));
	if (r->by_person)
		json_put_null(w);
	else
		json_put_real(w, r->score);
	json_put_key_bool(w, "by_person", r->by_person);
	json_put_dict_end(w);
}

static Str low_effort_name(int low_effort)
{
	switch ((enum low_effort)low_effort) {
	case LOW_EFFORT_NONE:
		return (Str){ 0 };
	case LOW_EFFORT_EMPTY:
		return STR("empty");
	case LOW_EFFORT_NOTHING:
		return STR("nothing");
	case LOW_EFFORT_FILLER:
		return STR("filler");
	}
	return (Str){ 0 };
}

static void put_emotions(struct json_writer *w, const struct response_reading *r)
{
	json_put_key(w, STR("emotions"));
	if (!r->has_emotions) {
		json_put_null(w);
	} else {
		json_put_list(w);
		for (unsigned i = 0; i < EMOTION_COUNT; i++)
			if (r->emotions & 1U << i)
				json_put_text(w, emotion_name((enum emotion)i));
		json_put_list_end(w);
	}
	bool has_mood = r->mood > MOOD_NONE;
	json_put_key_text(w, "mood", has_mood ? mood_name((enum mood)r->mood) : (Str){ 0 });
	json_put_key_text(w, "intent",
	                  r->intent == NO ? (Str){ 0 } : intent_name((enum intent)r->intent));
}

static void put_urgent(struct json_writer *w, unsigned kinds)
{
	json_put_key(w, STR("urgent"));
	json_put_list(w);
	for (unsigned i = 0; i < URGENT_KIND_COUNT; i++)
		if (kinds & 1U << i)
			json_put_text(w, urgent_name((enum urgent_kind)i));
	json_put_list_end(w);
}

static void put_themes(struct json_writer *w, struct arena *a, const struct response_reading *r,
                       const struct sight *sight)
{
	struct mask_span *places = ARENA_ARRAY(a, struct mask_span, r->mention_count + 1);
	for (size_t i = 0; i < r->mention_count; i++)
		places[i] = (struct mask_span){ r->mentions[i].from, r->mentions[i].len };
	sight_text_keeping(sight, a, r->comment, places, r->mention_count);
	json_put_key(w, STR("themes"));
	json_put_list(w);
	for (size_t i = 0; i < r->mention_count;)
		i += put_theme(w, &r->mentions[i], &places[i], r->mention_count - i, r->comment);
	json_put_list_end(w);
}

void response_reading_put(struct json_writer *w, struct arena *a,
                          const struct response_reading *all, size_t at, const struct sight *sight)
{
	const struct response_reading *r = &all[at];
	json_put_key(w, STR("reading"));
	if (!r->is_read) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_text(w, "language", r->language.len ? r->language : (Str){ 0 });
	json_put_key_bool(w, "analysed", r->covered);
	json_put_key_text(w, "low_effort", low_effort_name(r->low_effort));
	put_sentiment(w, r);
	put_emotions(w, r);
	put_urgent(w, r->urgent);
	put_themes(w, a, r, sight);
	json_put_dict_end(w);
}
