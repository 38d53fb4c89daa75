/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/two_sides.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/die.h"

struct taken {
	int64_t id, at;
	uint32_t cluster, person;
	uint8_t score;
};

struct side {
	struct taken *at; /* by id */
	size_t count, room;
};

struct crowd {
	struct side sides[2];
	bool lasting; /* clusters and people have the same numbers on both */
};

struct taking {
	struct crowd *crowd;
	struct side *side;
};

static int by_id(const void *a, const void *b)
{
	const struct taken *left = a, *right = b;
	return (left->id > right->id) - (left->id < right->id);
}

static bool take(void *context, const struct fact *fact, struct err *err)
{
	struct taking *t = context;
	struct side *side = t->side;
	(void)err;
	if (side->count == side->room) {
		side->room = side->room ? side->room * 2 : 1024;
		side->at = mem_resize(side->at, side->room * sizeof(side->at[0]));
	}
	side->at[side->count++] =
	    (struct taken){ fact->id, fact->at, fact->cluster, fact->person, (uint8_t)fact->score };
	t->crowd->lasting = t->crowd->lasting && fact->lasting;
	return true;
}

/* Most come as they are wanted. */
static void sort(struct side *side)
{
	size_t i = 1;
	while (i < side->count && side->at[i - 1].id < side->at[i].id)
		i++;
	if (i < side->count)
		qsort(side->at, side->count, sizeof(side->at[0]), by_id);
}

static bool take_side(const struct facts *facts, struct arena *a, const struct cell_question *asked,
                      bool is_rest, struct crowd *c, int number, struct cell_left_out *left_out,
                      struct err *err)
{
	struct cells cells;
	struct cell_question q = *asked;
	struct taking t = { c, &c->sides[number] };
	q.wants_clusters = q.wants_across = false;
	q.vote = is_rest ? VOTE_ANSWER : q.vote;
	if (!cells_ask(facts, a, &q, &cells, err) ||
	    !cells_visit(facts, a, &q, &cells, take, &t, err))
		return false;
	*left_out = cells.left_out;
	sort(t.side);
	return true;
}

/* Of answers on both sides the first one's stay; of nothing but a rest that is a refusal. */
static bool part_sides(struct crowd *c, bool is_rest, struct err *err)
{
	const struct side *first = &c->sides[0];
	struct side *second = &c->sides[1];
	size_t kept = 0, both = 0, at = 0;
	for (size_t i = 0; i < second->count; i++) {
		while (at < first->count && first->at[at].id < second->at[i].id)
			at++;
		if (at < first->count && first->at[at].id == second->at[i].id)
			both++;
		else
			second->at[kept++] = second->at[i];
	}
	second->count = kept;
	if (both == 0 || is_rest)
		return true;
	return err_at(err, ERR_INVALID, "b",
	              "%zu %s in a, too: compare what has no answer in common, or leave out b for "
	              "the rest",
	              both, both == 1 ? "answer is" : "answers are");
}

static bool know(void *context, const struct fact *fact, struct err *err)
{
	struct crowd *c = context;
	const struct taken wanted = { .id = fact->id };
	(void)err;
	for (int number = 0; number < 2; number++) {
		struct side *side = &c->sides[number];
		struct taken *taken =
		    side->count ? bsearch(&wanted, side->at, side->count, sizeof wanted, by_id)
				: NULL;
		if (taken) {
			taken->cluster = fact->cluster;
			taken->person = fact->person;
		}
	}
	return true;
}

/* Everything that either side takes, in one look: then numbers are the same. */
static bool know_clusters(const struct facts *facts, struct arena *a, const struct cell_question *q,
                          struct crowd *c, struct err *err)
{
	const struct answer_filter all = { 0 };
	struct cell_question together = { .scope = q->scope, .filter = &all, .zone = q->zone };
	struct cells cells;
	size_t count = 0;
	int64_t *ids = mem_alloc((c->sides[0].count + c->sides[1].count + 1) * sizeof(*ids));
	for (size_t i = 0, j = 0; i < c->sides[0].count || j < c->sides[1].count;) {
		bool first = j == c->sides[1].count ||
		             (i < c->sides[0].count && c->sides[0].at[i].id < c->sides[1].at[j].id);
		ids[count++] = first ? c->sides[0].at[i++].id : c->sides[1].at[j++].id;
	}
	together.ids = ids;
	together.id_count = count;
	bool ok = cells_ask(facts, a, &together, &cells, err) &&
	          cells_visit(facts, a, &together, &cells, know, c, err);
	free(ids);
	return ok;
}

static uint32_t voter_of(const struct taken *taken, enum vote vote)
{
	return vote == VOTE_ACCOUNT ? taken->cluster : taken->person;
}

static void find_newest(const struct side *side, enum vote vote, const struct taken **newest)
{
	for (size_t i = 0; i < side->count; i++) {
		const struct taken *taken = &side->at[i];
		const struct taken **known = &newest[voter_of(taken, vote)];
		if (!*known || taken->at > (*known)->at ||
		    (taken->at == (*known)->at && taken->id > (*known)->id))
			*known = taken;
	}
}

static void keep_newest(struct side *side, enum vote vote, const int64_t *newest)
{
	size_t kept = 0;
	for (size_t i = 0; i < side->count; i++) {
		uint32_t voter = voter_of(&side->at[i], vote);
		if (voter == 0 || newest[voter] == side->at[i].id)
			side->at[kept++] = side->at[i];
	}
	side->count = kept;
}

/* Over both sides together. */
static void choose_votes(struct crowd *c, enum vote vote)
{
	uint32_t last = 0;
	for (int number = 0; number < 2; number++)
		for (size_t i = 0; i < c->sides[number].count; i++) {
			uint32_t voter = voter_of(&c->sides[number].at[i], vote);
			last = voter > last ? voter : last;
		}
	const struct taken **newest = mem_zeroed((size_t)last + 1, sizeof(struct taken *));
	int64_t *ids = mem_zeroed((size_t)last + 1, sizeof(*ids));
	for (int number = 0; number < 2; number++)
		find_newest(&c->sides[number], vote, newest);
	for (uint32_t i = 0; i <= last; i++)
		ids[i] = newest[i] ? newest[i]->id : 0;
	for (int number = 0; number < 2; number++)
		keep_newest(&c->sides[number], vote, ids);
	free(newest);
	free(ids);
}

static int64_t sign_of(int score)
{
	return (int64_t)nps_group_of(score) - NPS_PASSIVE;
}

static void add_cluster(const struct nps_cluster at[2], struct two_sides *out)
{
	for (int side = 0; side < 2; side++)
		if (at[side].n > 0)
			nps_add_cluster(&out->sums[side], &at[side]);
	if (at[0].n == 0 || at[1].n == 0)
		return;
	out->pair.clusters++;
	out->pair.ss += at[0].s * at[1].s;
	out->pair.sn += at[0].s * at[1].n;
	out->pair.ns += at[0].n * at[1].s;
	out->pair.nn += at[0].n * at[1].n;
}

/* By number. */
struct owners {
	struct nps_cluster (*clusters)[2];
	uint8_t *people; /* a bit a side */
	uint32_t cluster_last, person_last;
};

static struct owners owners_of(const struct crowd *c)
{
	struct owners o = { 0 };
	for (int number = 0; number < 2; number++)
		for (size_t i = 0; i < c->sides[number].count; i++) {
			const struct taken *t = &c->sides[number].at[i];
			o.cluster_last = t->cluster > o.cluster_last ? t->cluster : o.cluster_last;
			o.person_last = t->person > o.person_last ? t->person : o.person_last;
		}
	o.clusters = mem_zeroed((size_t)o.cluster_last + 1, sizeof(*o.clusters));
	o.people = mem_zeroed((size_t)o.person_last + 1, sizeof(*o.people));
	return o;
}

static void add_side(const struct side *side, int number, struct owners *o, struct nps_sums *sums)
{
	for (size_t i = 0; i < side->count; i++) {
		const struct taken *t = &side->at[i];
		struct nps_cluster one = { 1, sign_of(t->score) };
		sums->by_score[t->score]++;
		sums->people += t->person == 0;
		o->people[t->person] |= (uint8_t)(1 << number);
		if (t->cluster == 0) {
			nps_add_cluster(sums, &one);
			continue;
		}
		o->clusters[t->cluster][number].n++;
		o->clusters[t->cluster][number].s += one.s;
	}
}

static void add_all(const struct crowd *c, struct two_sides *out)
{
	struct owners o = owners_of(c);
	for (int number = 0; number < 2; number++)
		add_side(&c->sides[number], number, &o, &out->sums[number]);
	for (uint32_t i = 1; i <= o.cluster_last; i++)
		add_cluster(o.clusters[i], out);
	for (uint32_t i = 1; i <= o.person_last; i++) {
		out->sums[0].people += o.people[i] & 1;
		out->sums[1].people += o.people[i] >> 1;
		out->pair.people += o.people[i] == 3;
	}
	free(o.clusters);
	free(o.people);
}

bool two_sides_ask(const struct facts *facts, struct arena *a, const struct cell_question sides[2],
                   bool is_rest, struct two_sides *out, struct err *err)
{
	struct two_sides t = { 0 };
	struct crowd c = { .lasting = true };
	bool ok = take_side(facts, a, &sides[0], is_rest, &c, 0, &t.left_out[0], err) &&
	          take_side(facts, a, &sides[1], is_rest, &c, 1, &t.left_out[1], err) &&
	          part_sides(&c, is_rest, err) &&
	          (c.lasting || know_clusters(facts, a, &sides[0], &c, err));
	if (ok) {
		if (is_rest && sides[0].vote != VOTE_ANSWER)
			choose_votes(&c, sides[0].vote);
		add_all(&c, &t);
		*out = t;
	}
	free(c.sides[0].at);
	free(c.sides[1].at);
	return ok;
}
