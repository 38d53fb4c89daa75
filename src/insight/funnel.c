/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/funnel.h"

#include <stdlib.h>
#include <string.h>

#include "db/list.h"
#include "feedback/display.h"
#include "feedback/response.h"
#include "insight/funnel.sql.h"
#include "insight/links_sent.h"

#define PAGE 5000
/* Answers that are alike are counted together; more that differ are counted and begun anew. */
#define ALIKE_SLOTS 4096
#define ALIKE_MAX   3000

/* Of what days_channel counts; answers: of whatever state. */
enum {
	ANSWERS,
	STARTED,
	SCORED,
	COMMENTED,
	COMPLETED,
	DISMISSED,
	LEFT_OUT,
	ASKED,
	ANSWERED = ASKED + DEFINITION_QUESTIONS_MAX,
	COUNTS = ANSWERED + DEFINITION_QUESTIONS_MAX
};
_Static_assert(COUNTS == DAYS_COUNTS, "a day holds what a funnel counts");

struct row {
	Str channel;
	int64_t a, b;
};

struct ask {
	struct db *db;
	struct arena *arena;
	const struct survey *survey;
	const struct funnel_question *question;
	int64_t from, before; /* INT64_MIN, INT64_MAX: open */
	struct funnel *funnel;
	struct row *displays; /* by channel: how many, since when */
	size_t display_count;
	struct version *versions;
	size_t version_count, version_cap;
	struct alike *alike; /* [ALIKE_SLOTS] by hash, of one day */
	size_t alike_count;
	int64_t alike_at;     /* an instant of that day */
	struct arena texts;   /* theirs */
	struct days *counted; /* where they go */
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

/* --- displays and links ----------------------------------------------------------------------- */

static bool row_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct row *)out = (struct row){ db_text(rows, 0, a), db_i64(rows, 1), db_i64(rows, 2) };
	return true;
}

static bool displays(struct ask *ask, struct err *err)
{
	const struct funnel_question *q = ask->question;
	void *items = NULL;
	int64_t first = q->from ? display_day(q->zone, q->from) : INT32_MIN;
	int64_t last = q->before ? display_day(q->zone, q->before - 1) : INT32_MAX;
	if (!sees_properties(ask) &&
	    !db_list(ask->db, &sql_funnel_displays,
	             DB_ARGS(db_arg_i64(ask->survey->workspace), db_arg_i64(ask->survey->id),
	                     db_arg_i64(first), db_arg_i64(last)),
	             row_read, sizeof(struct row), ask->arena, &items, &ask->display_count, err))
		return false;
	ask->displays = items;
	return true;
}

/* After the channels with answers, which come first. */
static void put_displays(struct ask *ask)
{
	for (size_t i = 0; i < ask->display_count; i++) {
		const struct row *row = &ask->displays[i];
		struct funnel_part *part = part_of(ask, row->channel);
		if (!part)
			continue;
		part->has_shown = true;
		part->shown = row->a;
		part->since = row->b;
	}
}

static bool sent(struct ask *ask, struct err *err)
{
	struct days_channel *channels;
	size_t count;
	if (sees_properties(ask))
		return true;
	if (!links_sent(ask->question->days, ask->db, ask->arena, ask->survey->workspace,
	                ask->survey->id, ask->from, ask->before, &channels, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct funnel_part *part = part_of(ask, channels[i].channel);
		if (!part || !channels[i].counts[LINKS_SENT])
			continue;
		part->has_sent = true;
		part->sent = channels[i].counts[LINKS_SENT];
		part->sent_scored = channels[i].counts[LINKS_SCORED];
	}
	return true;
}

/* --- answers ---------------------------------------------------------------------------------------- */

/* Answers that are alike in all that is counted. */
struct alike {
	Str channel;
	enum response_state state;
	int version, score;
	bool commented, completed;
	Str answers;
	uint32_t count; /* 0: a free slot */
};

struct page_row {
	int64_t at, id;
	Str properties;
	struct alike alike;
};

static bool page_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct page_row *)out = (struct page_row){
		.at = db_i64(rows, 0),
		.id = db_i64(rows, 1),
		.alike = { .channel = db_text(rows, 2, a),
		           .state = (enum response_state)db_i64(rows, 3),
		           .version = (int)db_i64(rows, 4),
		           .score = (int)db_i64(rows, 5),
		           .commented = db_i64(rows, 6) != 0,
		           .completed = db_i64(rows, 7) != 0,
		           .answers = db_text(rows, 8, a),
		           .count = 1 },
	};
	return true;
}

static bool page_read_with_properties(struct db_rows *rows, void *out, struct arena *a,
                                      struct err *err)
{
	if (!page_read(rows, out, a, err))
		return false;
	((struct page_row *)out)->properties = db_text(rows, 9, a);
	return true;
}

/* What a version asked; read once each. */
struct version {
	int number;
	struct definition definition;
};

static bool version_find(struct ask *ask, int number, const struct definition **out,
                         struct err *err)
{
	Str json;
	for (size_t i = 0; i < ask->version_count; i++)
		if (ask->versions[i].number == number) {
			*out = &ask->versions[i].definition;
			return true;
		}
	if (ask->version_count == ask->version_cap) {
		size_t cap = ask->version_cap * 2 + 4;
		struct version *more = ARENA_ARRAY(ask->arena, struct version, cap);
		for (size_t i = 0; i < ask->version_count; i++)
			more[i] = ask->versions[i];
		ask->versions = more;
		ask->version_cap = cap;
	}
	struct version *new = &ask->versions[ask->version_count];
	if (!survey_definition(ask->db, ask->arena, ask->survey->workspace, ask->survey->id, number,
	                       &json, err) ||
	    !definition_parse(ask->arena, json, &new->definition, err))
		return false;
	new->number = number;
	ask->version_count++;
	*out = &new->definition;
	return true;
}

/* The further questions that such an answer was asked, and those that it holds. */
static bool count_questions(struct ask *ask, const struct alike *row, uint32_t counts[COUNTS],
                            struct err *err)
{
	const struct definition *now = &ask->funnel->definition, *then;
	struct arena scratch = { 0 };
	JsonRef answers;
	if (now->question_count == 0 || row->score == SCORE_NONE)
		return true;
	if (!version_find(ask, row->version, &then, err) ||
	    !json_read(&scratch, row->answers, &answers, err)) {
		arena_free(&scratch);
		return false;
	}
	for (size_t i = 0; i < now->question_count; i++) {
		Str key = now->questions[i].key;
		const struct definition_question *q = definition_question_find(then, key);
		if (!q || !q->groups[score_group_of(row->score)])
			continue;
		counts[ASKED + i] = row->count;
		if (json_read_is_given(json_read_member(answers, str_copy_c(&scratch, key))))
			counts[ANSWERED + i] = row->count;
	}
	arena_free(&scratch);
	return true;
}

static bool count_row(struct ask *ask, const struct alike *row, struct err *err)
{
	uint32_t counts[COUNTS] = { [ANSWERS] = row->count };
	switch (row->state) {
	case RESPONSE_UNCONFIRMED:
	case RESPONSE_EXCLUDED:
		counts[LEFT_OUT] = row->count;
		break;
	case RESPONSE_DISMISSED:
		counts[DISMISSED] = row->count;
		break;
	case RESPONSE_TEST:
	case RESPONSE_DELETED:
		break;
	case RESPONSE_PARTIAL:
	case RESPONSE_COMPLETE:
		counts[STARTED] = row->count;
		counts[SCORED] = row->score != SCORE_NONE ? row->count : 0;
		counts[COMMENTED] = row->commented ? row->count : 0;
		counts[COMPLETED] = row->completed ? row->count : 0;
		if (!count_questions(ask, row, counts, err))
			return false;
		break;
	}
	days_add(ask->counted, ask->alike_at, row->channel, counts);
	return true;
}

static bool count_alike(struct ask *ask, struct err *err)
{
	for (size_t i = 0; i < ALIKE_SLOTS && ask->alike_count > 0; i++)
		if (ask->alike[i].count && !count_row(ask, &ask->alike[i], err))
			return false;
	memset(ask->alike, 0, ALIKE_SLOTS * sizeof(ask->alike[0]));
	ask->alike_count = 0;
	arena_free(&ask->texts);
	return true;
}

static bool are_alike(const struct alike *a, const struct alike *b)
{
	return a->state == b->state && a->version == b->version && a->score == b->score &&
	       a->commented == b->commented && a->completed == b->completed &&
	       str_eq(a->channel, b->channel) && str_eq(a->answers, b->answers);
}

static uint64_t hash_text(uint64_t hash, Str text)
{
	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.at[i]) * UINT64_C(1099511628211);
	return hash;
}

static uint64_t hash_of(const struct alike *a)
{
	uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t)(a->score + 1) << 12 ^
	                (uint64_t)a->state << 4 ^ (uint64_t)(unsigned)a->version << 32 ^
	                (uint64_t)a->commented << 1 ^ a->completed;
	hash = hash_text(hash_text(hash, a->channel), a->answers);
	return hash ^ hash >> 29;
}

static bool add_alike(struct ask *ask, const struct alike *one, struct err *err)
{
	if (ask->alike_count == ALIKE_MAX && !count_alike(ask, err))
		return false;
	size_t at = hash_of(one) % ALIKE_SLOTS;
	while (ask->alike[at].count && !are_alike(&ask->alike[at], one))
		at = (at + 1) % ALIKE_SLOTS;
	if (!ask->alike[at].count) {
		ask->alike[at] = *one;
		ask->alike[at].channel = str_copy(&ask->texts, one->channel);
		ask->alike[at].answers = str_copy(&ask->texts, one->answers);
		ask->alike[at].count = 0;
		ask->alike_count++;
	}
	ask->alike[at].count++;
	return true;
}

static bool take_row(struct ask *ask, struct arena *page, struct page_row *row, struct err *err)
{
	bool mine = true;
	if (!days_same(row->at, ask->alike_at) && !count_alike(ask, err))
		return false;
	ask->alike_at = row->at;
	if (sees_properties(ask) &&
	    !team_scope_takes_properties(ask->question->scope, page, row->properties, &mine, err))
		return false;
	return !mine || add_alike(ask, &row->alike, err);
}

/* A page is a short read of its own; *at and *id are where the next one begins. */
static bool read_page(struct ask *ask, int64_t *at, int64_t before, int64_t *id, size_t *count,
                      struct err *err)
{
	struct arena page = { 0 };
	void *items;
	bool scoped = sees_properties(ask);
	bool ok =
	    db_list(ask->db, scoped ? &sql_funnel_page_with_properties : &sql_funnel_page,
	            DB_ARGS(db_arg_i64(ask->survey->workspace), db_arg_i64(ask->survey->id),
	                    db_arg_i64(*at), db_arg_i64(before), db_arg_i64(*id), db_arg_i64(PAGE)),
	            scoped ? page_read_with_properties : page_read, sizeof(struct page_row), &page,
	            &items, count, err);
	for (size_t i = 0; ok && i < *count; i++) {
		struct page_row *row = (struct page_row *)items + i;
		*at = row->at;
		*id = row->id;
		ok = take_row(ask, &page, row, err);
	}
	arena_free(&page);
	return ok;
}

/* A days_count_fn. */
static bool count_answers(void *context, int64_t from, int64_t before, struct days *into,
                          struct err *err)
{
	struct ask *ask = context;
	int64_t at = from, id = INT64_MIN;
	size_t page = PAGE;
	bool ok = true;
	ask->counted = into;
	while (ok && page == PAGE)
		ok = read_page(ask, &at, before, &id, &page, err);
	ok = ok && count_alike(ask, err);
	arena_free(&ask->texts);
	return ok;
}

static bool ask_days(struct ask *ask, int64_t from, struct days_channel **out, size_t *count,
                     struct err *err)
{
	const struct days_question q = { .workspace = ask->survey->workspace,
		                         .survey = ask->survey->id,
		                         .of = DAYS_ANSWERS,
		                         .stamp = ask->survey->version,
		                         .from = from,
		                         .before = ask->before,
		                         .count = count_answers,
		                         .context = ask };
	return days_ask(sees_properties(ask) ? NULL : ask->question->days, ask->db, ask->arena, &q,
	                out, count, err);
}

/* A channel's answers from before its displays were counted are not compared with them. */
static bool since_displays(struct ask *ask, struct days_channel *channel, struct err *err)
{
	struct days_channel *later;
	size_t count;
	int64_t answers = channel->counts[ANSWERS], since = INT64_MIN;
	for (size_t i = 0; i < ask->display_count; i++)
		if (str_eq(ask->displays[i].channel, channel->channel))
			since = ask->displays[i].b;
	if (since <= ask->from)
		return true;
	memset(channel->counts, 0, sizeof channel->counts);
	if (!ask_days(ask, since, &later, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (str_eq(later[i].channel, channel->channel))
			*channel = later[i];
	channel->counts[ANSWERS] = answers;
	return true;
}

static int most_first(const void *a, const void *b)
{
	const struct days_channel *left = a, *right = b;
	if (left->counts[ANSWERS] != right->counts[ANSWERS])
		return left->counts[ANSWERS] > right->counts[ANSWERS] ? -1 : 1;
	return str_cmp(left->channel, right->channel);
}

static void fill_part(struct funnel_part *part, const struct days_channel *channel)
{
	const int64_t *counts = channel->counts;
	*part = (struct funnel_part){
		.channel = channel->channel,
		.started = counts[STARTED],
		.scored = counts[SCORED],
		.commented = counts[COMMENTED],
		.completed = counts[COMPLETED],
		.dismissed = counts[DISMISSED],
		.left_out = counts[LEFT_OUT],
	};
	memcpy(part->asked, counts + ASKED, sizeof part->asked);
	memcpy(part->answered, counts + ANSWERED, sizeof part->answered);
}

static bool answers(struct ask *ask, struct err *err)
{
	struct days_channel *channels;
	size_t count;
	ask->alike = ARENA_ARRAY(ask->arena, struct alike, ALIKE_SLOTS);
	if (!ask_days(ask, ask->from, &channels, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!since_displays(ask, &channels[i], err))
			return false;
	if (count)
		qsort(channels, count, sizeof channels[0], most_first);
	for (size_t i = 0; i < count; i++) {
		struct funnel_part *part = part_of(ask, channels[i].channel);
		if (part)
			fill_part(part, &channels[i]);
	}
	return true;
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
	    !definition_parse(a, json, &f->definition, err) || !displays(&ask, err) ||
	    !answers(&ask, err))
		return false;
	put_displays(&ask);
	if (!sent(&ask, err))
		return false;
	add_all(f);
	*out = *f;
	return true;
}
