/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/funnel.h"

#include "db/list.h"
#include "feedback/display.h"
#include "feedback/response.h"
#include "insight/funnel.sql.h"

struct ask {
	struct db *db;
	struct arena *arena;
	const struct survey *survey;
	const struct funnel_question *question;
	int64_t from, before; /* never open */
	struct funnel *funnel;
};

static bool sees_properties(const struct ask *ask)
{
	return ask->question->scope->property_count > 0;
}

/* The part of a channel; one more when it is new and there is room. NULL: it is not asked for. */
static struct funnel_part *part_of(const struct ask *ask, Str channel)
{
	struct funnel *f = ask->funnel;
	if (ask->question->channel.at && !str_eq(ask->question->channel, channel))
		return NULL;
	for (size_t i = 0; i < f->count; i++)
		if (str_eq(f->parts[i].channel, channel))
			return &f->parts[i];
	if (f->count == FUNNEL_CHANNELS_MAX)
		return NULL;
	f->parts[f->count].channel = channel;
	return &f->parts[f->count++];
}

/* --- which channels there are ----------------------------------------------------------------------- */

struct row {
	Str channel;
	int64_t a, b;
};

static bool row_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct row *)out = (struct row){ db_text(rows, 0, a), db_i64(rows, 1), db_i64(rows, 2) };
	return true;
}

static bool channel_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct row *)out = (struct row){ .channel = db_text(rows, 0, a) };
	return true;
}

static bool channels(struct ask *ask, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(ask->db, &sql_funnel_channels,
	             DB_ARGS(db_arg_i64(ask->survey->workspace), db_arg_i64(ask->survey->id),
	                     db_arg_i64(ask->from), db_arg_i64(ask->before),
	                     db_arg_i64(FUNNEL_CHANNELS_MAX)),
	             channel_read, sizeof(struct row), ask->arena, &items, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		(void)part_of(ask, ((struct row *)items)[i].channel);
	return true;
}

static bool displays(struct ask *ask, struct err *err)
{
	const struct funnel_question *q = ask->question;
	void *items;
	size_t count;
	int64_t first = q->from ? display_day(q->zone, q->from) : INT32_MIN;
	int64_t last = q->before ? display_day(q->zone, q->before - 1) : INT32_MAX;
	if (sees_properties(ask))
		return true;
	if (!db_list(ask->db, &sql_funnel_displays,
	             DB_ARGS(db_arg_i64(ask->survey->workspace), db_arg_i64(ask->survey->id),
	                     db_arg_i64(first), db_arg_i64(last)),
	             row_read, sizeof(struct row), ask->arena, &items, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct row *row = &((struct row *)items)[i];
		struct funnel_part *part = part_of(ask, row->channel);
		if (!part)
			continue;
		part->has_shown = true;
		part->shown = row->a;
		part->since = row->b;
	}
	return true;
}

static bool sent(struct ask *ask, struct err *err)
{
	void *items;
	size_t count;
	if (sees_properties(ask))
		return true;
	if (!db_list(ask->db, &sql_funnel_sent,
	             DB_ARGS(db_arg_i64(ask->survey->workspace), db_arg_i64(ask->survey->id),
	                     db_arg_i64(ask->from), db_arg_i64(ask->before),
	                     db_arg_i64(RESPONSE_PARTIAL), db_arg_i64(RESPONSE_COMPLETE)),
	             row_read, sizeof(struct row), ask->arena, &items, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct row *row = &((struct row *)items)[i];
		struct funnel_part *part = part_of(ask, row->channel);
		if (!part)
			continue;
		part->has_sent = true;
		part->sent = row->a;
		part->sent_scored = row->b;
	}
	return true;
}

/* --- answers ---------------------------------------------------------------------------------------- */

/* Answers that are alike in all that is counted. */
struct alike {
	enum response_state state;
	int version, score;
	bool commented, completed;
	Str answers, properties;
	int64_t count;
};

static bool alike_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct alike *)out = (struct alike){
		.state = (enum response_state)db_i64(rows, 0),
		.version = (int)db_i64(rows, 1),
		.score = (int)db_i64(rows, 2),
		.commented = db_i64(rows, 3) != 0,
		.completed = db_i64(rows, 4) != 0,
		.answers = db_text(rows, 5, a),
		.properties = db_text(rows, 6, a),
		.count = db_i64(rows, 7),
	};
	return true;
}

/* What a version asked; read once each. */
struct version {
	int number;
	struct definition definition;
};

struct versions {
	struct version *all;
	size_t count, cap;
};

static bool version_find(struct ask *ask, struct versions *v, int number,
                         const struct definition **out, struct err *err)
{
	Str json;
	for (size_t i = 0; i < v->count; i++)
		if (v->all[i].number == number) {
			*out = &v->all[i].definition;
			return true;
		}
	if (v->count == v->cap) {
		struct version *more = ARENA_ARRAY(ask->arena, struct version, v->cap * 2 + 4);
		for (size_t i = 0; i < v->count; i++)
			more[i] = v->all[i];
		v->all = more;
		v->cap = v->cap * 2 + 4;
	}
	struct version *new = &v->all[v->count];
	if (!survey_definition(ask->db, ask->arena, ask->survey->workspace, ask->survey->id, number,
	                       &json, err) ||
	    !definition_parse(ask->arena, json, &new->definition, err))
		return false;
	new->number = number;
	v->count++;
	*out = &new->definition;
	return true;
}

/* The further questions that such an answer was asked, and those that it holds. */
static bool count_questions(struct ask *ask, struct versions *v, const struct alike *row,
                            struct funnel_part *part, struct err *err)
{
	const struct definition *now = &ask->funnel->definition, *then;
	struct arena scratch = { 0 };
	JsonRef answers;
	if (now->question_count == 0 || row->score == SCORE_NONE)
		return true;
	if (!version_find(ask, v, row->version, &then, err) ||
	    !json_read(&scratch, row->answers, &answers, err)) {
		arena_free(&scratch);
		return false;
	}
	for (size_t i = 0; i < now->question_count; i++) {
		Str key = now->questions[i].key;
		const struct definition_question *q = definition_question_find(then, key);
		if (!q || !q->groups[score_group_of(row->score)])
			continue;
		part->asked[i] += row->count;
		if (json_read_is_given(json_read_member(answers, str_copy_c(&scratch, key))))
			part->answered[i] += row->count;
	}
	arena_free(&scratch);
	return true;
}

static bool count_row(struct ask *ask, struct versions *v, const struct alike *row,
                      struct funnel_part *part, struct err *err)
{
	switch (row->state) {
	case RESPONSE_UNCONFIRMED:
	case RESPONSE_EXCLUDED:
		part->left_out += row->count;
		return true;
	case RESPONSE_DISMISSED:
		part->dismissed += row->count;
		return true;
	case RESPONSE_TEST:
	case RESPONSE_DELETED:
		return true;
	case RESPONSE_PARTIAL:
	case RESPONSE_COMPLETE:
		break;
	}
	part->started += row->count;
	part->scored += row->score != SCORE_NONE ? row->count : 0;
	part->commented += row->commented ? row->count : 0;
	part->completed += row->completed ? row->count : 0;
	return count_questions(ask, v, row, part, err);
}

static bool answers_of(struct ask *ask, struct versions *v, struct funnel_part *part,
                       struct err *err)
{
	struct arena page = { 0 };
	void *items;
	size_t count;
	bool scoped = sees_properties(ask);
	int64_t from = part->since > ask->from ? part->since : ask->from;
	DbArgs args =
	    DB_ARGS(db_arg_i64(ask->survey->workspace), db_arg_i64(ask->survey->id),
	            db_arg_i64(from), db_arg_i64(ask->before), db_arg_text(part->channel));
	bool ok = db_list(ask->db, scoped ? &sql_funnel_answers_by_properties : &sql_funnel_answers,
	                  args, alike_read, sizeof(struct alike), &page, &items, &count, err);
	for (size_t i = 0; ok && i < count; i++) {
		const struct alike *row = &((struct alike *)items)[i];
		bool mine = true;
		ok = !scoped || team_scope_takes_properties(ask->question->scope, &page,
		                                            row->properties, &mine, err);
		ok = ok && (!mine || count_row(ask, v, row, part, err));
	}
	arena_free(&page);
	return ok;
}

static void add(struct funnel_part *sum, const struct funnel_part *part)
{
	sum->has_shown = sum->has_shown || part->has_shown;
	sum->shown += part->shown;
	if (part->since && (!sum->since || part->since < sum->since))
		sum->since = part->since;
	sum->started += part->started;
	sum->scored += part->scored;
	sum->commented += part->commented;
	sum->completed += part->completed;
	sum->dismissed += part->dismissed;
	sum->left_out += part->left_out;
	for (size_t i = 0; i < DEFINITION_QUESTIONS_MAX; i++) {
		sum->asked[i] += part->asked[i];
		sum->answered[i] += part->answered[i];
	}
}

/* Answers that nobody was shown a page for (by API, imported) would make rates of more than all. */
static void add_all(struct funnel *f)
{
	bool any = false;
	for (size_t i = 0; i < f->count; i++)
		any = any || f->parts[i].has_shown;
	for (size_t i = 0; i < f->count; i++) {
		const struct funnel_part *part = &f->parts[i];
		if (part->has_shown == any)
			add(&f->all, part);
		f->all.has_sent = f->all.has_sent || part->has_sent;
		f->all.sent += part->sent;
		f->all.sent_scored += part->sent_scored;
	}
}

bool funnel_ask(struct db *db, struct arena *a, const struct survey *survey,
                const struct funnel_question *question, struct funnel *out, struct err *err)
{
	Str json;
	struct versions versions = { 0 };
	struct funnel *f = ARENA_NEW(a, struct funnel);
	struct ask ask = { .db = db,
		           .arena = a,
		           .survey = survey,
		           .question = question,
		           .from = question->from ? question->from : INT64_MIN,
		           .before = question->before ? question->before : INT64_MAX,
		           .funnel = f };
	f->parts = ARENA_ARRAY(a, struct funnel_part, FUNNEL_CHANNELS_MAX);
	if (!survey_definition(db, a, survey->workspace, survey->id, 0, &json, err) ||
	    !definition_parse(a, json, &f->definition, err) || !channels(&ask, err) ||
	    !displays(&ask, err) || !sent(&ask, err))
		return false;
	for (size_t i = 0; i < f->count; i++)
		if (!answers_of(&ask, &versions, &f->parts[i], err))
			return false;
	add_all(f);
	*out = *f;
	return true;
}
