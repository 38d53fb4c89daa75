/* feedback/page_doubt.c - units of their own, for nobody waits for them. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_doubt.h"

#include "base/die.h"
#include "base/fold.h"
#include "base/log.h"
#include "db/store.h"
#include "feedback/capture.h"

struct doubt {
	struct unit unit;
	struct capture_input capture;
	struct arena arena;
};

/* Longer than any burst: what stood that long is a person's. */
#define STOOD (2 * BURST_GATHER)

/* The newest state that counted and stood before the burst, or NULL. */
static const struct response_past *
stood_before(const struct response *r, const struct response_past *past, size_t count, int64_t now)
{
	for (size_t i = count; i > 0; i--) {
		int64_t since = i > 1 ? past[i - 2].at : r->created_at;
		if (now - since >= STOOD)
			return response_counts(past[i - 1].state, past[i - 1].score) ? &past[i - 1]
			                                                             : NULL;
	}
	return NULL;
}

static bool put_back(struct db_tx *tx, const struct response *r, const struct response_past *past,
                     struct err *err)
{
	struct response now = *r;
	now.state = past->state;
	now.state_reason = past->state_reason;
	now.score = past->score;
	now.comment = past->comment;
	now.comment_folded = past->comment.at ? fold_text(tx->arena, past->comment) : (Str){ 0 };
	now.answers = past->answers;
	return response_replace(tx, r, &now, STR("page"), err);
}

static bool doubt_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct capture_input *in = input;
	struct response r;
	struct response_past *past;
	size_t count;
	if (!response_find(tx->db, tx->arena, tx->workspace, in->response_id, &r, err) ||
	    !response_past(tx->db, tx->arena, tx->workspace, r.id, &past, &count, err))
		return false;
	const struct response_past *before = stood_before(&r, past, count, tx->now);
	return before ? put_back(tx, &r, before, err) : capture_apply(tx, in, err);
}

static void doubt_done(struct unit *unit)
{
	struct doubt *d = unit->owner;
	arena_free(&d->arena);
	free(d);
}

static void doubt_one(struct store *store, int64_t workspace, int64_t response, const char *reason)
{
	struct doubt *d = mem_zeroed(1, sizeof *d);
	d->capture.response_id = response;
	d->capture.score = SCORE_NONE;
	d->capture.proof = CAPTURE_DOUBTED;
	d->capture.proof_reason = str_of(reason);
	d->capture.actor = STR("page");
	d->capture.trusted = true;
	d->capture.arena = &d->arena;
	d->unit = (struct unit){ .apply = doubt_apply,
		                 .input = &d->capture,
		                 .workspace = workspace,
		                 .done = doubt_done,
		                 .owner = d };
	struct err err;
	if (store_submit(store, &d->unit, &err))
		return;
	log_event(LOG_LEVEL_WARNING, "page.doubt_lost",
	          LOG_PAIRS(log_id("response", response), log_why(&err)));
	doubt_done(&d->unit);
}

void page_doubt(struct request *rq, int64_t workspace, const struct burst_doubts *doubts)
{
	for (size_t i = 0; i < doubts->count; i++)
		doubt_one(rq->store, workspace, doubts->responses[i], doubts->reason);
}
