/* feedback/capture.h - how an answer comes in, from whatever door: API, page, link.
 *
 * The door parses, checks and folds into a struct capture_input (on a worker); capture_apply decides and writes, inside
 * the transaction; the door replies from the results. All decisions are made there: survey open, link good, one answer
 * for a link, for a shown page and for an Idempotency-Key, edit window, first score's time, what counts.
 *
 * A survey that closes after n answers takes n that count and no more, however many come at once: an answer takes a place
 * in the moment it begins to count. One that comes later is refused as a whole and nothing of it is stored; one that
 * had its place before may still be finished and changed. What is taken out of the figures afterwards gives no place
 * back until the survey is published again. Imports and what an operator enters are not held up.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CAPTURE_H
#define FEEDBACK_CAPTURE_H

#include "account/idempotency.h"
#include "base/clock.h"
#include "feedback/response.h"
#include "people/person.h"

#define CAPTURE_KEY_MAX     64
#define CAPTURE_EDIT_WINDOW (30 * CLOCK_DAY)
#define CAPTURE_BURST       (10 * CLOCK_SECOND)
#define CAPTURE_AHEAD_MAX   CLOCK_DAY
/* A page that is open while its survey is paused or closed may still finish the answer that it began. */
#define CAPTURE_FINISH CLOCK_HOUR

/* How long an answer may be changed where the workspace says so many days: none leaves the time to finish it. */
static inline int64_t capture_edit_window(int64_t days)
{
	return days > 0 ? days * CLOCK_DAY : CAPTURE_FINISH;
}

/* What proves a person. */
enum capture_proof {
	/* A trusted event in the page, or a caller that vouches (API). Counts. */
	CAPTURE_CONFIRMED,
	/* A form sent without script. Counts, unless two different scores came from one link or page within ten
	 * seconds: then the answer is unconfirmed until a later, lone one. */
	CAPTURE_TAPPED,
	/* Kept outside every figure until confirmed; changes nothing of an answer that counts. */
	CAPTURE_UNCONFIRMED,
	/* A burst was seen: this answer is unconfirmed even if it counted before. */
	CAPTURE_DOUBTED,
};

/* Why an answer was not taken; `err` says it in words. The page has one page for each. */
enum capture_refusal {
	CAPTURE_TAKEN,         /* not refused */
	CAPTURE_NO_SURVEY,     /* ERR_NOT_FOUND */
	CAPTURE_SURVEY_DRAFT,  /* ERR_CONFLICT */
	CAPTURE_SURVEY_PAUSED, /* ERR_CONFLICT */
	CAPTURE_SURVEY_EARLY,  /* ERR_CONFLICT: it opens later */
	CAPTURE_SURVEY_CLOSED, /* ERR_GONE: by hand, by its date, archived or in the bin */
	CAPTURE_SURVEY_FULL,   /* ERR_GONE: it has the answers that it was to take */
	CAPTURE_NO_LINK,       /* ERR_NOT_FOUND: no such invitation or response */
	CAPTURE_LINK_REVOKED,  /* ERR_GONE */
	CAPTURE_LINK_EXPIRED,  /* ERR_GONE */
	CAPTURE_READ_ONLY,     /* ERR_CONFLICT: the edit window is over */
	CAPTURE_KEY_REUSED,    /* ERR_INVALID: the Idempotency-Key came with another body before */
	CAPTURE_NOTHING,       /* ERR_INVALID: neither score nor comment nor answers */
	CAPTURE_FAILED,        /* the database failed: err says why */
};

enum capture_outcome {
	CAPTURE_CREATED,
	CAPTURE_AMENDED,
	CAPTURE_UNCHANGED, /* nothing new: a double tap, or unconfirmed beside what counts */
	CAPTURE_REPLAYED,  /* the same Idempotency-Key and body again */
};

struct capture_input {
	/* Which survey: a slug, or an id with the version that was shown (0: the newest). */
	Str survey_slug;
	int64_t survey_id;
	int version;

	/* Which answer, at most one of the three; none: a new one. */
	int64_t invitation_id; /* of a checked link token; survey_id may then be 0 */
	Str capture_key;       /* of the page as shown, at NULL: none; at most CAPTURE_KEY_MAX */
	int64_t response_id;   /* of a checked response handle; survey_id may then be 0 */

	struct idempotency idempotency; /* zero: none */

	struct person_ref
	    who; /* nobody, or whom the door knows; with an invitation its person is taken */

	int score;                   /* SCORE_NONE: not given (keeps what was) */
	Str comment;                 /* at NULL: not given (keeps); "" takes an earlier one away */
	Str comment_folded;          /* with it */
	struct transcript_told told; /* nobody says: keeps what was said */
	Str answers;                 /* canonical; at NULL: not given; merged over earlier ones */
	Str properties;              /* canonical; at NULL: none; of the first time they are kept */
	Str language, channel, source; /* at NULL: "" */
	Str actor;                     /* for the history; at NULL: "respondent" */
	int64_t submitted_at;          /* the sender's; 0: now */

	enum capture_proof proof;
	Str proof_reason; /* for UNCONFIRMED and DOUBTED: "prefilled", "many_links", "hidden_link" ... */
	bool done;        /* the respondent reached the end */
	bool dismissed; /* shown and closed: may be without any score, comment or answer */
	bool test;      /* through the test link: kept as a test, whatever state the survey is in */
	bool trusted;   /* an operator's edit: no edit window, any survey state */
	bool untold;    /* nobody says any more whether the comment is a transcript */
	bool told_alone;     /* nothing but that is said: the state stays as it is */
	int64_t edit_window; /* microseconds; 0: CAPTURE_EDIT_WINDOW */

	/* Results. Text lives in `arena`, which the caller sets. */
	struct arena *arena;
	struct response response;
	enum capture_outcome outcome;
	enum capture_refusal refusal;
};

/* Checks score, lengths, and folds the comment into comment_folded; NUL and bad UTF-8 were refused by the
 * reader. On a worker. Errors name the field. */
MUST_USE bool capture_check(struct arena *a, struct capture_input *in, struct err *err);

/* A unit's function; input is a struct capture_input. */
bool capture_apply(struct db_tx *tx, void *input, struct err *err);

#endif
