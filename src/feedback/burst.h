/* feedback/burst.h - tells by how a link is used whether a mail scanner is behind it.
 *
 * Scanners fetch every link of a mail, run scripts and submit forms, within seconds and for several scores. What is seen
 * of one link (a personal one, or a public one from one address) is kept in memory, in a table of fixed size
 * behind its own lock. Suspicion falls when
 *   - two different scores come from one personal link within ten seconds, fetched or posted,
 *   - six or more of the eleven links with a score are fetched,
 *   - the link that no person can see is followed.
 * It lasts ten seconds (thirty after a fetch of most links) beyond the last such event. Answers given meanwhile, or on a
 * page loaded meanwhile, are unconfirmed; those that counted shortly before are doubted. A tap
 * afterwards counts on any page, so that a person is never shut out by a scanner that came first.
 * A restart forgets all of it, which costs at most one burst.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_BURST_H
#define FEEDBACK_BURST_H

#include "base/clock.h"
#include "base/str.h"

#define BURST_SPAN          (10 * CLOCK_SECOND) /* two scores within it are no person */
#define BURST_QUIET         (30 * CLOCK_SECOND) /* after most of the links */
#define BURST_GATHER        (10 * CLOCK_MINUTE) /* within which links are counted */
#define BURST_LINKS         6                   /* "most of the eleven" */
#define BURST_RESPONSES_MAX 12

struct burst;

struct burst *burst_new(void);
void burst_free(struct burst *b);

/* Whose link: text that is equal for equal links. */
struct burst_link {
	Str key;
	bool personal;
};

/* Answers that counted and should no longer. */
struct burst_doubts {
	int64_t responses[BURST_RESPONSES_MAX];
	size_t count;
	const char *reason; /* "two_scores", "many_links", "hidden_link" */
};

/* A page was asked for with a score in its address. */
void burst_fetched(struct burst *b, struct burst_link link, int score, int64_t now,
                   struct burst_doubts *out);
/* The hidden link was followed. */
void burst_trapped(struct burst *b, struct burst_link link, int64_t now, struct burst_doubts *out);

struct burst_post {
	struct burst_link link;
	int score;         /* below 0: none */
	int64_t loaded_at; /* when its page was made; 0: unknown */
	bool tapped;       /* a trusted tap stands behind it */
	int64_t now;
};

/* An answer comes in. NULL: nothing speaks against it; else the reason why it is unconfirmed. */
const char *burst_posted(struct burst *b, const struct burst_post *post, struct burst_doubts *out);
/* A response was stored and counts, so it can be doubted: for a minute, or for ten seconds when a tap stands behind it.
 * *out holds it at once when suspicion fell while it was being stored. */
void burst_counted(struct burst *b, struct burst_link link, int64_t response, bool tapped,
                   int64_t now, struct burst_doubts *out);

#endif
