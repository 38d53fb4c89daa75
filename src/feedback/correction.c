/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/correction.h"

#include <inttypes.h>

#include "account/audit.h"

static void correct(const struct correction_input *in, struct response *r)
{
	switch (in->what) {
	case CORRECTION_EXCLUDE:
		r->state = RESPONSE_EXCLUDED;
		break;
	case CORRECTION_TEST:
		r->state = RESPONSE_TEST;
		break;
	case CORRECTION_INCLUDE:
		r->state = response_state_by_values(r);
		/* One that was never counted belongs to the time it was given. */
		if (!r->first_scored_at && response_counts(r->state, r->score))
			r->first_scored_at = r->submitted_at;
		break;
	}
	r->state_reason = in->what == CORRECTION_INCLUDE ? (Str){ 0 } : in->reason;
}

bool correction_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct correction_input *in = input;
	struct response before, now;
	if (!response_find(tx->db, tx->arena, tx->workspace, in->id, &before, err))
		return false;
	now = before;
	correct(in, &now);
	if (now.state != before.state || !str_eq(now.state_reason, before.state_reason)) {
		Str subject = str_printf(tx->arena, "%" PRId64, in->id);
		if (!response_replace(tx, &before, &now, in->actor, err) ||
		    !audit_write(tx, in->actor, STR("response.state"), subject,
		                 str_of(response_state_name(now.state)), err))
			return false;
		now.edits++;
		now.updated_at = tx->now;
	}
	in->response = response_copy(in->arena, &now);
	return true;
}
