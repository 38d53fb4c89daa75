/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_votes.h"

#include <stdlib.h>

#include "base/die.h"

struct newest {
	uint64_t voter; /* 0: free */
	bool before;
	int64_t at, id;
};

/* Open addressing. */
struct cell_votes {
	enum vote vote;
	struct newest *slots;
	size_t used, room;
};

struct cell_votes *cell_votes_new(enum vote vote)
{
	struct cell_votes *v = mem_zeroed(1, sizeof(*v));
	v->vote = vote;
	return v;
}

void cell_votes_free(struct cell_votes *v)
{
	if (!v)
		return;
	free(v->slots);
	free(v);
}

/* 0: nobody known. */
static uint64_t voter_of(const struct cell_votes *v, const struct cell_answer *a)
{
	return v->vote == VOTE_ACCOUNT ? cell_cluster_of(a) : (uint64_t)a->person * 2;
}

static struct newest *slot_of(struct newest *slots, size_t room, uint64_t voter, bool before)
{
	uint64_t hash =
	    (voter ^ voter >> 31 ^ (uint64_t)before << 50) * UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (size_t)(hash >> 24) & (room - 1);
	while (slots[at].voter && (slots[at].voter != voter || slots[at].before != before))
		at = (at + 1) & (room - 1);
	return &slots[at];
}

static void grow(struct cell_votes *v)
{
	size_t room = v->room ? v->room * 2 : 1024;
	struct newest *slots = mem_zeroed(room, sizeof(*slots));
	for (size_t i = 0; i < v->room; i++)
		if (v->slots[i].voter)
			*slot_of(slots, room, v->slots[i].voter, v->slots[i].before) = v->slots[i];
	free(v->slots);
	v->slots = slots;
	v->room = room;
}

static void add(struct cell_votes *v, uint64_t voter, bool before, const struct cell_answer *a)
{
	if ((v->used + 1) * 4 > v->room * 3)
		grow(v);
	struct newest *n = slot_of(v->slots, v->room, voter, before);
	v->used += n->voter == 0;
	if (n->voter == 0 || a->at > n->at || (a->at == n->at && a->id > n->id))
		*n = (struct newest){ voter, before, a->at, a->id };
}

void cell_votes_add(struct cell_votes *v, const struct cell_answer *a)
{
	uint64_t voter = voter_of(v, a);
	if (voter && a->now)
		add(v, voter, false, a);
	if (voter && a->before)
		add(v, voter, true, a);
}

static bool is_newest(const struct cell_votes *v, uint64_t voter, bool before, int64_t id)
{
	return v->room && slot_of(v->slots, v->room, voter, before)->id == id;
}

bool cell_votes_keep(const struct cell_votes *v, struct cell_answer *a)
{
	uint64_t voter = voter_of(v, a);
	if (!voter)
		return true;
	a->now = a->now && is_newest(v, voter, false, a->id);
	a->before = a->before && is_newest(v, voter, true, a->id);
	return a->now || a->before;
}
