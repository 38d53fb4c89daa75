/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_count.h"

#include <stdlib.h>

#include "base/die.h"
#include "stats/nps_rest.h"

#define ALL_CELLS UINT32_MAX

/* One pair of values. The sums have each answer's score, and else only what nobody known gave; people are answers of no
 * person. What is clustered joins them in the end. */
struct cell_row {
	uint32_t number[2];
	struct nps_sums sums, before;
};

/* Answers of one person or account in one cell. A person whose answers all have accounts has empty clusters. */
struct cell_cluster {
	uint64_t key; /* twice a person, twice an account and one; 0: free */
	uint32_t cell;
	uint32_t answers, answers_before; /* of the person */
	struct nps_cluster now, before;
};

uint64_t cell_cluster_of(const struct cell_answer *answer)
{
	return answer->account ? (uint64_t)answer->account * 2 + 1 : (uint64_t)answer->person * 2;
}

static uint64_t mixed(uint64_t key)
{
	key ^= key >> 32;
	key *= UINT64_C(0x9e3779b97f4a7c15);
	return key ^ key >> 29;
}

/* Clusters of cells */

struct cluster_table {
	struct cell_cluster *at;
	size_t count, room;
};

struct cell_counter {
	const struct cell_plan *plan;
	struct cell_numbers values[2];
	struct cell_row *rows, *all;
	uint32_t row_count, row_room;
	uint32_t *row_slots;
	struct cluster_table *clusters;
};

static struct cell_cluster *cluster_slot(const struct cluster_table *t, uint64_t key, uint32_t cell)
{
	size_t at = mixed(key ^ (uint64_t)cell << 40) & (t->room - 1);
	while (t->at[at].key && (t->at[at].key != key || t->at[at].cell != cell))
		at = (at + 1) & (t->room - 1);
	return &t->at[at];
}

static void cluster_grow(struct cluster_table *t)
{
	struct cluster_table grown = { .count = t->count, .room = t->room ? t->room * 2 : 1024 };
	grown.at = mem_zeroed(grown.room, sizeof(*grown.at));
	for (size_t i = 0; i < t->room; i++)
		if (t->at[i].key)
			*cluster_slot(&grown, t->at[i].key, t->at[i].cell) = t->at[i];
	free(t->at);
	*t = grown;
}

static struct cell_cluster *cluster_of(struct cluster_table *t, uint64_t key, uint32_t cell)
{
	if ((t->count + 1) * 4 > t->room * 3)
		cluster_grow(t);
	struct cell_cluster *c = cluster_slot(t, key, cell);
	if (!c->key) {
		c->key = key;
		c->cell = cell;
		t->count++;
	}
	return c;
}

/* Rows */

static uint32_t *row_slot(const struct cell_counter *c, const uint32_t number[2])
{
	size_t mask = (size_t)c->row_room * 2 - 1;
	size_t at = mixed((uint64_t)number[0] << 32 | number[1]) & mask;
	while (c->row_slots[at]) {
		const struct cell_row *row = &c->rows[c->row_slots[at] - 1];
		if (row->number[0] == number[0] && row->number[1] == number[1])
			break;
		at = (at + 1) & mask;
	}
	return &c->row_slots[at];
}

static void rows_grow(struct cell_counter *c)
{
	c->row_room = c->row_room ? c->row_room * 2 : 64;
	c->rows = mem_resize(c->rows, c->row_room * sizeof(*c->rows));
	free(c->row_slots);
	c->row_slots = mem_zeroed((size_t)c->row_room * 2, sizeof(*c->row_slots));
	for (uint32_t i = 0; i < c->row_count; i++)
		*row_slot(c, c->rows[i].number) = i + 1;
}

static uint32_t row_of(struct cell_counter *c, const uint32_t number[2])
{
	if (c->row_count == c->row_room)
		rows_grow(c);
	uint32_t *slot = row_slot(c, number);
	if (!*slot) {
		c->rows[c->row_count] = (struct cell_row){ .number = { number[0], number[1] } };
		*slot = ++c->row_count;
	}
	return *slot - 1;
}

/* Counting */

static void count_person(struct cell_counter *c, const struct cell_answer *a, uint32_t cell)
{
	struct cell_cluster *person = cluster_of(c->clusters, (uint64_t)a->person * 2, cell);
	person->answers += a->now;
	person->answers_before += a->before;
}

static void count_cluster(struct cell_counter *c, const struct cell_answer *a, uint32_t cell)
{
	struct cell_cluster *cluster = cluster_of(c->clusters, cell_cluster_of(a), cell);
	int s = (int)nps_group_of(a->score) - 1;
	if (a->now) {
		cluster->now.n++;
		cluster->now.s += s;
	}
	if (a->before) {
		cluster->before.n++;
		cluster->before.s += s;
	}
}

static void count_whose(struct cell_counter *c, const struct cell_answer *a, uint32_t cell)
{
	if (a->person)
		count_person(c, a, cell);
	if (cell_cluster_of(a))
		count_cluster(c, a, cell);
}

static void count_score(const struct cell_counter *c, struct nps_sums *sums,
                        const struct cell_answer *a)
{
	struct nps_cluster alone = { 0 };
	if (!c->plan->q->wants_clusters || cell_cluster_of(a)) {
		sums->by_score[a->score]++;
	} else {
		nps_add(sums, &alone, a->score);
	}
	sums->people += c->plan->q->wants_clusters && !a->person;
}

static void count_in(struct cell_counter *c, struct cell_row *row, const struct cell_answer *a)
{
	if (a->now)
		count_score(c, &row->sums, a);
	if (a->before)
		count_score(c, &row->before, a);
}

void cell_counter_add(struct cell_counter *c, const struct cell_answer *a,
                      const struct cell_value values[static 2], bool again)
{
	uint32_t number[2];
	for (int d = 0; d < 2; d++) {
		number[d] = cell_number(&c->values[d], values[d]);
		c->values[d].answers[number[d]]++;
	}
	uint32_t row = row_of(c, number);
	count_in(c, &c->rows[row], a);
	if (!again)
		count_in(c, c->all, a);
	if (!c->plan->q->wants_clusters)
		return;
	count_whose(c, a, row);
	if (!again)
		count_whose(c, a, ALL_CELLS);
}

/* Reading */

static void add_pair(struct nps_pair *pair, const struct nps_cluster *a,
                     const struct nps_cluster *b)
{
	pair->ss += a->s * b->s;
	pair->sn += a->s * b->n;
	pair->ns += a->n * b->s;
	pair->nn += a->n * b->n;
}

static void read_cluster(struct cell *cell, const struct cell_cluster *c)
{
	nps_add_cluster(&cell->sums, &c->now);
	nps_add_cluster(&cell->before, &c->before);
	add_pair(&cell->pair, &c->now, &c->before);
	cell->pair.clusters += c->now.n > 0 && c->before.n > 0;
	cell->sums.people += c->answers > 0;
	cell->before.people += c->answers_before > 0;
	cell->pair.people += c->answers > 0 && c->answers_before > 0;
}

static void read_across(struct cell *cell, const struct cell_cluster *here,
                        const struct cell_cluster *all)
{
	nps_across_add(&cell->across, &here->now, &all->now);
	cell->across.people += here->answers > 0 && all->answers > here->answers;
}

static void read_row(struct cell *cell, const struct cell_row *row, bool wants_across)
{
	nps_add_sums(&cell->sums, &row->sums);
	nps_add_sums(&cell->before, &row->before);
	if (!wants_across)
		return;
	cell->across.ss += row->sums.ss;
	cell->across.sn += row->sums.sn;
	cell->across.ns += row->sums.sn;
	cell->across.nn += row->sums.nn;
	cell->across.sm += row->sums.sm;
}

/* Clusters of rows that share a cell are one. */
static void fold(const struct cell_counter *c, const uint32_t *cell_of_row,
                 struct cluster_table *out)
{
	for (size_t i = 0; i < c->clusters->room; i++) {
		const struct cell_cluster *from = &c->clusters->at[i];
		if (!from->key)
			continue;
		uint32_t cell = from->cell == ALL_CELLS ? ALL_CELLS : cell_of_row[from->cell];
		struct cell_cluster *to = cluster_of(out, from->key, cell);
		to->answers += from->answers;
		to->answers_before += from->answers_before;
		to->now.n += from->now.n;
		to->now.s += from->now.s;
		to->before.n += from->before.n;
		to->before.s += from->before.s;
	}
}

static void read_clusters(const struct cell_counter *c, const uint32_t *cell_of_row,
                          struct cells *out)
{
	struct cluster_table folded = { 0 };
	fold(c, cell_of_row, &folded);
	for (size_t i = 0; i < folded.room; i++) {
		const struct cell_cluster *cluster = &folded.at[i];
		if (!cluster->key)
			continue;
		struct cell *cell =
		    cluster->cell == ALL_CELLS ? &out->all : &out->at[cluster->cell];
		read_cluster(cell, cluster);
		if (c->plan->q->wants_across)
			read_across(cell, cluster, cluster_slot(&folded, cluster->key, ALL_CELLS));
	}
	free(folded.at);
}

bool cell_counter_read(const struct cell_counter *c, struct cells *out, struct err *err)
{
	uint32_t *places[2];
	struct arena *a = c->plan->arena;
	bool across = c->plan->q->wants_across;
	for (int d = 0; d < 2; d++)
		if (!cells_rank(c->plan, d, &c->values[d], out, &places[d], err))
			return false;
	uint32_t *cell_of_row = ARENA_ARRAY(a, uint32_t, c->row_count + 1);
	out->at = ARENA_ARRAY(a, struct cell, out->count[0] * out->count[1] + 1);
	for (uint32_t i = 0; i < c->row_count; i++) {
		const struct cell_row *row = &c->rows[i];
		cell_of_row[i] =
		    places[0][row->number[0]] * (uint32_t)out->count[1] + places[1][row->number[1]];
		read_row(&out->at[cell_of_row[i]], row, across);
	}
	read_row(&out->all, c->all, across);
	if (c->plan->q->wants_clusters)
		read_clusters(c, cell_of_row, out);
	return true;
}

struct cell_counter *cell_counter_new(const struct cell_plan *plan)
{
	struct cell_counter *c = mem_zeroed(1, sizeof(*c));
	c->plan = plan;
	c->all = mem_zeroed(1, sizeof(*c->all));
	c->clusters = mem_zeroed(1, sizeof(*c->clusters));
	return c;
}

void cell_counter_free(struct cell_counter *c)
{
	if (!c)
		return;
	for (int d = 0; d < 2; d++)
		cell_numbers_free(&c->values[d]);
	free(c->clusters->at);
	free(c->clusters);
	free(c->rows);
	free(c->row_slots);
	free(c->all);
	free(c);
}
