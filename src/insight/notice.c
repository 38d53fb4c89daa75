/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/notice.h"

#include "account/audit.h"
#include "db/list.h"
#include "feedback/scope.h"
#include "insight/notice.sql.h"

struct row {
	int64_t response;
	unsigned kinds; /* that nobody has dealt with */
};

static bool read_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct row *)out =
	    (struct row){ db_i64(rows, 0), (unsigned)db_i64(rows, 1) & ~(unsigned)db_i64(rows, 2) };
	return true;
}

static bool word_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct mask_span *)out =
	    (struct mask_span){ (size_t)db_i64(rows, 0), (size_t)db_i64(rows, 1) };
	return true;
}

struct rule_row {
	int64_t kind;
	struct notice_rule rule;
};

static bool rule_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct rule_row *)out =
	    (struct rule_row){ db_i64(rows, 0),
		               { .off = db_i64(rows, 1) == 0, .snoozed_to = db_i64(rows, 2) } };
	return true;
}

static bool rules_read(struct db *db, struct arena *a, int64_t workspace,
                       struct notice_rule out[static URGENT_KIND_COUNT], struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(db, &sql_notice_rules, DB_ARGS(db_arg_i64(workspace)), rule_row,
	             sizeof(struct rule_row), a, &items, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct rule_row *row = (const struct rule_row *)items + i;
		if (row->kind >= 0 && row->kind < URGENT_KIND_COUNT)
			out[row->kind] = row->rule;
	}
	return true;
}

/* A comment that was edited is read again a moment later: words that lie outside of it now are not told. Of words that overlap the
 * first are. */
static bool words_of(struct db *db, struct arena *a, const struct response *r,
                     enum urgent_kind kind, struct notice_answer *out, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(db, &sql_notice_words,
	             DB_ARGS(db_arg_i64(r->workspace), db_arg_i64(r->id), db_arg_i64(kind)),
	             word_row, sizeof(struct mask_span), a, &items, &count, err))
		return false;
	*out = (struct notice_answer){ .response = *r, .words = items };
	for (size_t i = 0, at = 0; i < count; i++) {
		struct mask_span word = out->words[i];
		if (word.from < at || word.from + word.len > r->comment.len)
			continue;
		at = word.from + word.len;
		out->words[out->word_count++] = word;
	}
	return true;
}

static bool put(struct db *db, struct arena *a, const struct response *r, enum urgent_kind kind,
                struct notice *n, struct err *err)
{
	n->ids[n->answers++] = r->id;
	return n->shown_count == NOTICE_SHOWN ||
	       words_of(db, a, r, kind, &n->shown[n->shown_count++], err);
}

static bool look_at(struct db *db, struct arena *a, int64_t workspace,
                    const struct team_scope *scope, const struct row *row, struct notice *out,
                    struct err *err)
{
	struct response r;
	struct err why = { 0 };
	bool taken;
	if (row->kinds == 0)
		return true;
	if (!response_find(db, a, workspace, row->response, &r, &why)) {
		*err = why;
		return why.kind == ERR_NOT_FOUND;
	}
	r.workspace = workspace;
	if (!scope_takes(scope, a, &r, &taken, err))
		return false;
	for (unsigned kind = 0; taken && kind < URGENT_KIND_COUNT; kind++)
		if (row->kinds & 1U << kind &&
		    !put(db, a, &r, (enum urgent_kind)kind, &out[kind], err))
			return false;
	return true;
}

bool notice_list(struct db *db, struct arena *a, int64_t workspace, const struct team_scope *scope,
                 int64_t now, struct notice out[static URGENT_KIND_COUNT], struct err *err)
{
	struct notice_rule rules[URGENT_KIND_COUNT] = { 0 };
	void *items;
	size_t count;
	if (!rules_read(db, a, workspace, rules, err) ||
	    !db_list(db, &sql_notice_answers,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(now - NOTICE_DAYS * CLOCK_DAY),
	                     db_arg_i64(NOTICE_LOOKED)),
	             read_row, sizeof(struct row), a, &items, &count, err))
		return false;
	for (unsigned kind = 0; kind < URGENT_KIND_COUNT; kind++)
		out[kind] = (struct notice){ .rule = rules[kind],
			                     .ids = ARENA_ARRAY(a, int64_t, count + 1) };
	for (size_t i = 0; i < count; i++)
		if (!look_at(db, a, workspace, scope, (const struct row *)items + i, out, err))
			return false;
	return true;
}

bool notice_change(struct db_tx *tx, void *input, struct err *err)
{
	const struct notice_change *in = input;
	struct notice_rule rules[URGENT_KIND_COUNT] = { 0 };
	if (!rules_read(tx->db, tx->arena, tx->workspace, rules, err))
		return false;
	struct notice_rule *rule = &rules[in->kind];
	if (in->has_on)
		rule->off = !in->on;
	if (in->has_snooze)
		rule->snoozed_to = in->snoozed_to;
	const char *deed = in->has_on       ? in->on ? "notice.on" : "notice.off"
	                   : in->snoozed_to ? "notice.snooze"
	                                    : "notice.wake";
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_notice_rule_write,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->kind),
	                       db_arg_bool(!rule->off), db_arg_i64(rule->snoozed_to),
	                       db_arg_text(in->actor), db_arg_i64(tx->now)),
	               NULL, err) &&
	       audit_write(tx, in->actor, str_of(deed), urgent_name(in->kind), STR(""), err);
}

static bool one_done(struct db_tx *tx, const struct notice_done *in, int64_t id, struct err *err)
{
	int64_t kinds, bit = INT64_C(1) << in->kind;
	DbArg workspace = db_arg_i64(tx->workspace), response = db_arg_i64(id);
	if (!scope_check_response(tx->db, tx->arena, in->caller, id, err) ||
	    !db_one_i64(tx->db, &sql_notice_done_kinds, DB_ARGS(workspace, response), 0, &kinds,
	                err))
		return false;
	kinds = in->undo ? kinds & ~bit : kinds | bit;
	return db_exec(tx->db, &sql_notice_done_write,
	               DB_ARGS(workspace, response, db_arg_i64(kinds),
	                       db_arg_text(in->caller->name), db_arg_i64(tx->now)),
	               NULL, err);
}

bool notice_done(struct db_tx *tx, void *input, struct err *err)
{
	const struct notice_done *in = input;
	for (size_t i = 0; i < in->count; i++)
		if (!one_done(tx, in, in->ids[i], err))
			return false;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return audit_write(tx, in->caller->name,
	                   in->undo ? STR("notice.undone") : STR("notice.done"),
	                   urgent_name(in->kind), STR(""), err);
}
