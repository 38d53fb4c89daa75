/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_window.h"
#include "base/die.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_LEAST 256

/* The array with room for the number; what is new is 0. */
static void *with_room(void *array, size_t *room, size_t size, uint32_t number)
{
	size_t more = *room > ROOM_LEAST ? *room : ROOM_LEAST;
	if (number < *room)
		return array;
	while (more <= number)
		more *= 2;
	void *larger = mem_zeroed(more, size);
	if (*room)
		memcpy(larger, array, *room * size);
	free(array);
	*room = more;
	return larger;
}

/* A person and a cluster of its own, as most are: by 1 or -1 of it. */
static void count_alone(struct nps_sums *sums, int score, int64_t by)
{
	MUST(score >= 0 && score <= NPS_SCORE_MAX);
	int64_t x = (int64_t)nps_group_of(score) - NPS_PASSIVE;
	sums->by_score[score] += by;
	sums->people += by;
	sums->clusters += by;
	sums->ss += by * x * x;
	sums->sn += by * x;
	sums->nn += by;
	sums->sm += by * x * x * NPS_SM_UNITS;
}

void nps_window_add(struct nps_window *w, uint32_t cluster, uint32_t person, int score)
{
	struct nps_cluster alone = { 0 };
	if (!cluster && !person) {
		count_alone(&w->sums, score, 1);
		return;
	}
	if (cluster >= w->cluster_room)
		w->clusters =
		    with_room(w->clusters, &w->cluster_room, sizeof *w->clusters, cluster);
	if (person >= w->person_room)
		w->persons = with_room(w->persons, &w->person_room, sizeof *w->persons, person);
	nps_add(&w->sums, cluster ? &w->clusters[cluster] : &alone, score);
	w->sums.people += person == 0 || w->persons[person]++ == 0;
}

void nps_window_take(struct nps_window *w, uint32_t cluster, uint32_t person, int score)
{
	struct nps_cluster alone = { 1, (int64_t)nps_group_of(score) - NPS_PASSIVE };
	if (!cluster && !person) {
		count_alone(&w->sums, score, -1);
		return;
	}
	MUST(cluster < w->cluster_room && person < w->person_room);
	nps_take(&w->sums, cluster ? &w->clusters[cluster] : &alone, score);
	w->sums.people -= person == 0 || --w->persons[person] == 0;
}

void nps_window_expect(const struct nps_window *w, uint32_t cluster, uint32_t person)
{
	if (cluster && cluster < w->cluster_room)
		__builtin_prefetch(&w->clusters[cluster], 1);
	if (person && person < w->person_room)
		__builtin_prefetch(&w->persons[person], 1);
}

void nps_window_free(struct nps_window *w)
{
	free(w->clusters);
	free(w->persons);
	*w = (struct nps_window){ 0 };
}
