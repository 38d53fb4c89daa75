/* feedback/burst.c - a small set-associative table: a link's hash chooses eight places, the oldest gives way. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/burst.h"

#include "base/die.h"
#include "base/rng.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#define SETS   256
#define WAYS   8
#define SCORES 11
/* How long before the suspicion an answer still belongs to it; one with a tap behind it only when it was part of the
 * burst itself. */
#define DOUBT_BEFORE        (60 * CLOCK_SECOND)
#define DOUBT_BEFORE_TAPPED BURST_SPAN

struct counted {
	int64_t response, at;
	bool tapped;
};

struct entry {
	uint64_t hash;
	int64_t touched; /* 0: free */
	int64_t fetched[SCORES], posted[SCORES];
	int64_t from, until; /* of the last suspicion */
	const char *reason;
	struct counted counted[BURST_RESPONSES_MAX];
	size_t next_counted;
};

struct burst {
	pthread_mutex_t lock;
	unsigned char key[crypto_shorthash_KEYBYTES];
	struct entry entries[SETS][WAYS];
};

struct burst *burst_new(void)
{
	struct burst *b = mem_zeroed(1, sizeof *b);
	pthread_mutex_init(&b->lock, NULL);
	rng_bytes(b->key, sizeof b->key);
	return b;
}

void burst_free(struct burst *b)
{
	if (!b)
		return;
	pthread_mutex_destroy(&b->lock);
	free(b);
}

static struct entry *entry_of(struct burst *b, Str key, int64_t now)
{
	uint64_t hash;
	crypto_shorthash((unsigned char *)&hash, (const unsigned char *)key.at, key.len, b->key);
	struct entry *set = b->entries[hash % SETS], *oldest = &set[0];
	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].touched && set[i].hash == hash) {
			set[i].touched = now;
			return &set[i];
		}
		if (set[i].touched < oldest->touched)
			oldest = &set[i];
	}
	*oldest = (struct entry){ .hash = hash, .touched = now };
	return oldest;
}

/* What belongs to a suspicion that is over says nothing about what comes now. */
static void forget_past(struct entry *e, int64_t now)
{
	if (now <= e->until)
		return;
	for (size_t i = 0; i < SCORES; i++) {
		if (e->fetched[i] <= e->until)
			e->fetched[i] = 0;
		if (e->posted[i] <= e->until)
			e->posted[i] = 0;
	}
}

static bool within(int64_t at, int64_t span, int64_t now)
{
	return at != 0 && now - at <= span;
}

static bool another_score(const int64_t at[static SCORES], int score, int64_t now)
{
	for (int i = 0; i < SCORES; i++) {
		if (i != score && within(at[i], BURST_SPAN, now))
			return true;
	}
	return false;
}

static int links_fetched(const struct entry *e, int64_t now)
{
	int count = 0;
	for (size_t i = 0; i < SCORES; i++)
		count += within(e->fetched[i], BURST_GATHER, now);
	return count;
}

/* The suspicion begins with the first page that belongs to it, not with the event that gave it away. */
static int64_t first_fetch(const struct entry *e, int64_t now)
{
	int64_t first = now;
	for (size_t i = 0; i < SCORES; i++) {
		if (within(e->fetched[i], DOUBT_BEFORE, now) && e->fetched[i] < first)
			first = e->fetched[i];
	}
	return first;
}

static void suspect(struct entry *e, const char *reason, int64_t quiet, int64_t now)
{
	if (now > e->until) {
		e->from = first_fetch(e, now);
		e->until = 0;
		e->reason = reason;
	}
	if (now + quiet > e->until)
		e->until = now + quiet;
}

static void take_doubts(struct entry *e, int64_t now, struct burst_doubts *out)
{
	out->count = 0;
	out->reason = e->reason;
	if (now > e->until)
		return;
	for (size_t i = 0; i < BURST_RESPONSES_MAX; i++) {
		struct counted *c = &e->counted[i];
		if (!within(c->at, c->tapped ? DOUBT_BEFORE_TAPPED : DOUBT_BEFORE, now))
			continue;
		out->responses[out->count++] = c->response;
		*c = (struct counted){ 0 };
	}
}

void burst_fetched(struct burst *b, struct burst_link link, int score, int64_t now,
                   struct burst_doubts *out)
{
	MUST(score >= 0 && score < SCORES);
	pthread_mutex_lock(&b->lock);
	struct entry *e = entry_of(b, link.key, now);
	forget_past(e, now);
	bool two = link.personal &&
	           (another_score(e->fetched, score, now) || another_score(e->posted, score, now));
	e->fetched[score] = now;
	if (two)
		suspect(e, "two_scores", BURST_SPAN, now);
	if (links_fetched(e, now) >= BURST_LINKS)
		suspect(e, "many_links", BURST_QUIET, now);
	take_doubts(e, now, out);
	pthread_mutex_unlock(&b->lock);
}

void burst_trapped(struct burst *b, struct burst_link link, int64_t now, struct burst_doubts *out)
{
	pthread_mutex_lock(&b->lock);
	struct entry *e = entry_of(b, link.key, now);
	forget_past(e, now);
	suspect(e, "hidden_link", BURST_SPAN, now);
	take_doubts(e, now, out);
	pthread_mutex_unlock(&b->lock);
}

const char *burst_posted(struct burst *b, const struct burst_post *post, struct burst_doubts *out)
{
	MUST(post->score < SCORES);
	int64_t now = post->now;
	pthread_mutex_lock(&b->lock);
	struct entry *e = entry_of(b, post->link.key, now);
	forget_past(e, now);
	/* A person who taps, thinks again and taps another score is one; scanners do not tap. */
	if (post->score >= 0 && !post->tapped) {
		if (post->link.personal && another_score(e->posted, post->score, now))
			suspect(e, "two_scores", BURST_SPAN, now);
		e->posted[post->score] = now;
	}
	bool page_of_burst = e->until && post->loaded_at >= e->from && post->loaded_at <= e->until;
	bool doubted = now <= e->until || (page_of_burst && !post->tapped);
	take_doubts(e, now, out);
	const char *reason = doubted ? e->reason : NULL;
	pthread_mutex_unlock(&b->lock);
	return reason;
}

static void forget_counted(struct entry *e, int64_t response)
{
	for (size_t i = 0; i < BURST_RESPONSES_MAX; i++) {
		if (e->counted[i].response == response)
			e->counted[i] = (struct counted){ 0 };
	}
}

void burst_counted(struct burst *b, struct burst_link link, int64_t response, bool tapped,
                   int64_t now, struct burst_doubts *out)
{
	pthread_mutex_lock(&b->lock);
	struct entry *e = entry_of(b, link.key, now);
	forget_counted(e, response);
	e->counted[e->next_counted] = (struct counted){ response, now, tapped };
	e->next_counted = (e->next_counted + 1) % BURST_RESPONSES_MAX;
	take_doubts(e, now, out);
	pthread_mutex_unlock(&b->lock);
}
