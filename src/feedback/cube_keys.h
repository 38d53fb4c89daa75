/* feedback/cube_keys.h - ids of persons or accounts, numbered from 1 in the order in which they came.
 *
 * One thread adds; others may read the ids of the numbers that their view knows. The writer's homes say which rows a
 * number has: none, one, or more than one and then something that is the same for all of them.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_KEYS_H
#define FEEDBACK_CUBE_KEYS_H

#include <stdbool.h>

#include "feedback/cube_column.h"

struct cube_keys;

struct cube_keys *cube_keys_new(struct cube_memory *memory);
void cube_keys_free(struct cube_keys *keys);                       /* NULL is fine */
uint32_t cube_keys_add(struct cube_keys *keys, int64_t id);        /* id 0: 0 */
uint32_t cube_keys_find(const struct cube_keys *keys, int64_t id); /* the writer's; 0: unknown */
/* Asks the processor for what finding the id will need, in two steps. */
void cube_keys_warm_slot(const struct cube_keys *keys, int64_t id);
void cube_keys_warm_id(const struct cube_keys *keys, int64_t id);
int64_t cube_keys_id(const struct cube_keys *keys, uint32_t code);
uint32_t cube_keys_count(const struct cube_keys *keys); /* with 0 */
/* New keys get these ids, numbered from 1, each there once; 0: the number is nobody's. */
void cube_keys_fill(struct cube_keys *keys, const int64_t *ids, size_t count);

/* By number; zero-initialise. */
struct cube_homes {
	uint32_t *at;
	uint32_t count;
};
#define CUBE_HOME_NONE 0u
#define CUBE_HOME_MANY UINT32_C(0x80000000) /* with a number beside it; else the one row + 1 */

void cube_homes_free(struct cube_homes *homes, struct cube_memory *memory);
void cube_homes_warm(const struct cube_homes *homes, uint32_t code);
/* Where the number's home stands until the next call. */
uint32_t *cube_homes_at(struct cube_homes *homes, struct cube_memory *memory, uint32_t code);

#endif
