/* feedback/cube_ids.h - the ids of a chunk's answers: as they are while it grows, then packed.
 *
 * Packed, an id costs three to five bytes: db/id.h makes ids of milliseconds, process and sequence, so a group of rows has a
 * first millisecond, and each row its distance from it and its low bits. Ids whose group spans more than 49 days stay as
 * they are. Ids of rows never change; holders of a view may read those of its rows while others are added.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_IDS_H
#define FEEDBACK_CUBE_IDS_H

#include <stdbool.h>

#include "feedback/cube_column.h"

#define CUBE_IDS_GROUP 64u

struct cube_ids {
	_Atomic unsigned holds;
	struct cube_memory *memory;
	uint32_t cap;      /* rows that it has room for */
	int64_t *whole;    /* [cap]; NULL: packed */
	int64_t *first_ms; /* [groups] */
	struct cube_column *ms, *low;
	uint32_t low_base;
};

struct cube_ids *cube_ids_new(struct cube_memory *memory, uint32_t cap);
struct cube_ids *cube_ids_hold(struct cube_ids *ids); /* NULL is fine */
void cube_ids_drop(struct cube_ids *ids);             /* NULL is fine */
/* A larger one with the first `rows`. */
struct cube_ids *cube_ids_grow(const struct cube_ids *ids, uint32_t rows, uint32_t cap);
/* Packed, or NULL when they cannot be. */
struct cube_ids *cube_ids_pack(const struct cube_ids *ids, uint32_t rows);

/* Of so many rows, packed: first_ms has a number for each group, to be filled by the caller, and the columns are its to give. */
struct cube_ids *cube_ids_new_packed(struct cube_memory *memory, uint32_t rows);
uint32_t cube_ids_groups(uint32_t rows);

int64_t cube_ids_at(const struct cube_ids *ids, size_t row);
/* Where the id stands among the first `rows`; `sorted`: they ascend. */
bool cube_ids_find(const struct cube_ids *ids, uint32_t rows, bool sorted, int64_t id,
                   uint32_t *row);

#endif
