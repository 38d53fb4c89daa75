/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/quality_rows.h"

#include "db/list.h"
#include "feedback/filter_run.h"
#include "feedback/response.h"
#include "insight/part_json.h"
#include "insight/quality.sql.h"

#define PAGE     2000
#define ROWS_MAX 200000 /* of all surveys, that are walked through at most */
/* A comment shorter than this says the same in many mouths. */
#define TEXT_LEAST 12

struct stored {
	int64_t id, survey;
	enum response_state state;
	Str reason, folded;
	bool invited, imported;
};

static bool stored_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct stored *)out = (struct stored){
		.id = db_i64(rows, 0),
		.state = (enum response_state)db_i64(rows, 1),
		.reason = db_text(rows, 2, a),
		.survey = db_i64(rows, 3),
		.invited = !db_is_null(rows, 4),
		.imported = !db_is_null(rows, 5),
		.folded = db_text(rows, 6, a),
	};
	return true;
}

struct walk {
	const struct facts *facts;
	struct arena *arena;
	struct quality_row *rows;
	size_t count, left; /* left: of rows that are older than what was read */
	struct answer_filter filter;
	struct filter_run run;
	struct survey_place *surveys;
	size_t survey_count;
	struct quality *out;
};

static bool is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

bool quality_names_number(Str folded)
{
	static const char *const words[] = { "9", "10", "nine", "ten", "neun", "zehn" };
	for (size_t i = 0, next; i < folded.len; i = next + 1) {
		for (next = i; next < folded.len && is_word_byte(folded.at[next]);)
			next++;
		for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
			if (str_eq((Str){ folded.at + i, next - i }, str_of(words[w])))
				return true;
	}
	return false;
}

/* FNV-1a; never 0. */
static uint64_t text_key(Str text)
{
	uint64_t key = UINT64_C(14695981039346656037);
	if (text.len < TEXT_LEAST)
		return 0;
	for (size_t i = 0; i < text.len; i++)
		key = (key ^ (unsigned char)text.at[i]) * UINT64_C(1099511628211);
	return key ? key : 1;
}

static void fill(struct walk *w, const struct stored *s)
{
	while (w->left > 0 && w->rows[w->left - 1].id > s->id)
		w->left--;
	if (w->left == 0 || w->rows[w->left - 1].id != s->id)
		return;
	struct quality_row *row = &w->rows[--w->left];
	row->invited = s->invited;
	row->uninvited = !s->invited && !s->imported;
	row->names_number = quality_names_number(s->folded);
	row->text = text_key(s->folded);
}

static void count_reason(struct walk *w, Str reason)
{
	struct quality *q = w->out;
	size_t i = 0;
	q->unconfirmed++;
	while (i < q->reason_count &&
	       !(str_eq(q->reasons[i].reason, reason) && !q->reasons[i].reason.at == !reason.at))
		i++;
	if (i == QUALITY_REASONS)
		return;
	if (i == q->reason_count)
		q->reasons[q->reason_count++].reason =
		    reason.at ? str_copy(w->arena, reason) : (Str){ 0 };
	q->reasons[i].count++;
}

static bool count_unconfirmed(struct walk *w, struct arena *scratch, const struct stored *s,
                              struct err *err)
{
	struct response r;
	bool wanted = false;
	for (size_t i = 0; i < w->survey_count; i++)
		wanted = wanted || w->surveys[i].id == s->survey;
	if (!wanted)
		return true;
	if (!response_find(w->facts->db, scratch, w->facts->workspace, s->id, &r, err))
		return err->kind == ERR_NOT_FOUND; /* gone since */
	if (!filter_takes(&w->run, scratch, &r, &wanted, err))
		return false;
	if (wanted)
		count_reason(w, s->reason);
	return true;
}

static bool read_page(struct walk *w, int64_t *before, int64_t least, size_t *count,
                      struct err *err)
{
	struct arena scratch = { 0 };
	void *items;
	bool ok = db_list(w->facts->db, &sql_quality_rows,
	                  DB_ARGS(db_arg_i64(w->facts->workspace), db_arg_i64(*before),
	                          db_arg_i64(least), db_arg_i64(PAGE)),
	                  stored_row, sizeof(struct stored), &scratch, &items, count, err);
	for (size_t i = 0; ok && i < *count; i++) {
		const struct stored *s = (const struct stored *)items + i;
		*before = s->id;
		if (s->state == RESPONSE_UNCONFIRMED)
			ok = count_unconfirmed(w, &scratch, s, err);
		else
			fill(w, s);
	}
	arena_free(&scratch);
	return ok;
}

bool quality_rows_read(const struct facts *facts, struct arena *a, const struct cell_question *q,
                       struct quality_row *rows, size_t count, struct quality *out, size_t *unread,
                       struct err *err)
{
	struct walk w = {
		.facts = facts, .arena = a, .rows = rows, .count = count, .left = count, .out = out
	};
	int64_t before = INT64_MAX, least = count == QUALITY_MAX ? rows[0].id : INT64_MIN;
	size_t page = PAGE;
	w.filter = part_filter(q->part, q->filter, a);
	w.filter.counted_only = false;
	filter_begin(q->scope, &w.filter, &w.run);
	if (!filter_surveys(facts->db, a, facts->workspace, q->scope, &w.filter, &w.surveys,
	                    &w.survey_count, err) ||
	    !filter_find_ids(facts->db, a, facts->workspace, &w.run, err))
		return false;
	for (size_t seen = 0; page == PAGE && seen < ROWS_MAX; seen += page)
		if (!read_page(&w, &before, least, &page, err))
			return false;
	*unread = page == PAGE ? w.left : 0;
	return true;
}
