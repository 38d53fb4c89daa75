/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/correction.h"

#include <inttypes.h>

#include "account/audit.h"

static void set(struct response *r, enum response_state state, Str reason)
{
	r->state = state;
	r->state_reason = reason;
}

/* One that was never counted belongs to the time it was given. */
static void set_by_values(struct response *r)
{
	set(r, response_state_by_values(r), (Str){ 0 });
	if (!r->first_scored_at && response_counts(r->state, r->score))
		r->first_scored_at = r->submitted_at;
}

static bool is_by_values(enum response_state state)
{
	return state == RESPONSE_PARTIAL || state == RESPONSE_COMPLETE ||
	       state == RESPONSE_DISMISSED;
}

/* Told apart by hand or by proof, not by what was answered since. */
static bool differs(const struct response_past *past, const struct response *now)
{
	if (is_by_values(past->state) || is_by_values(now->state))
		return is_by_values(past->state) != is_by_values(now->state);
	return past->state != now->state || !str_eq(past->state_reason, now->state_reason);
}

/* To what it was before its state was last changed; its values stay as they are by now. */
static bool restore(struct db_tx *tx, struct response *r, struct err *err)
{
	struct response_past *past;
	size_t count;
	if (!response_past(tx->db, tx->arena, tx->workspace, r->id, &past, &count, err))
		return false;
	while (count > 0 && !differs(&past[count - 1], r))
		count--;
	if (count == 0 && is_by_values(r->state))
		return true;
	if (count == 0 || is_by_values(past[count - 1].state))
		set_by_values(r);
	else
		set(r, past[count - 1].state, past[count - 1].state_reason);
	return true;
}

static bool correct(struct db_tx *tx, const struct correction *c, struct response *r,
                    struct err *err)
{
	switch (c->what) {
	case CORRECTION_EXCLUDE:
		set(r, RESPONSE_EXCLUDED, c->reason);
		return true;
	case CORRECTION_TEST:
		set(r, RESPONSE_TEST, c->reason);
		return true;
	case CORRECTION_INCLUDE:
		set_by_values(r);
		return true;
	case CORRECTION_DELETE:
		set(r, RESPONSE_DELETED, (Str){ 0 });
		return true;
	case CORRECTION_RESTORE:
		return restore(tx, r, err);
	}
	return true;
}

static bool is_allowed(const struct correction *c, const struct response *r, struct err *err)
{
	return r->state != RESPONSE_DELETED || c->what == CORRECTION_RESTORE ||
	       c->what == CORRECTION_DELETE ||
	       err_set(err, ERR_CONFLICT, "this answer is in the bin; restore it first");
}

bool correction_make(struct db_tx *tx, const struct correction *c, struct response *r,
                     bool *changed, struct err *err)
{
	struct response before = *r, now = *r;
	*changed = false;
	if (c->from && c->from != before.state)
		return true;
	if (!is_allowed(c, &before, err) || !correct(tx, c, &now, err))
		return false;
	if (now.state == before.state && str_eq(now.state_reason, before.state_reason))
		return true;
	if (now.state != before.state)
		now.deleted_at = now.state == RESPONSE_DELETED ? tx->now : 0;
	if (!response_replace(tx, &before, &now, c->actor, err))
		return false;
	now.edits++;
	now.updated_at = tx->now;
	*r = now;
	*changed = true;
	return true;
}

bool correction_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct correction_input *in = input;
	struct response r;
	bool changed;
	if (!response_find(tx->db, tx->arena, tx->workspace, in->id, &r, err) ||
	    !correction_make(tx, &in->correction, &r, &changed, err))
		return false;
	if (changed && !audit_write(tx, in->correction.actor, STR("response.state"),
	                            str_printf(tx->arena, "%" PRId64, in->id),
	                            str_of(response_state_name(r.state)), err))
		return false;
	in->response = response_copy(in->arena, &r);
	return true;
}
