/* feedback/page_doubt.c - units of their own, for nobody waits for them. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_doubt.h"

#include "base/die.h"
#include "base/log.h"
#include "db/store.h"
#include "feedback/capture.h"

struct doubt {
	struct unit unit;
	struct capture_input capture;
	struct arena arena;
};

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
	d->unit = (struct unit){ .apply = capture_apply,
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
