/* feedback/cube_order.h - rows of a whole chunk in the order of whose they are, for who looks at one owner after the other.
 *
 * Made when somebody first asks, by whatever thread that is, and kept with the column: it goes when the column goes or
 * changes. Rows that are nobody's are left out.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_ORDER_H
#define FEEDBACK_CUBE_ORDER_H

#include <stdint.h>

/* Owners that stand together: a unit. */
#define CUBE_UNIT_BITS 13u
#define CUBE_UNIT      (1u << CUBE_UNIT_BITS)

struct cube_codes;
struct cube_memory;

struct cube_order {
	uint32_t count, unit_count;
	uint32_t most;    /* rows of one owner, at most */
	uint32_t *starts; /* [unit_count + 1]: where each unit begins */
	uint16_t *rows;   /* [count], numbers within the chunk */
	uint16_t *owners; /* [count], numbers within the unit, ascending */
};

/* Of the column that a chunk of CUBE_CHUNK_ROWS shows as `codes`. Good as long as the chunk is. */
const struct cube_order *cube_order_of(const struct cube_codes *codes);
/* The same for who has but a few owners to find: NULL while it is not worth its making, and the rows are to be looked through. */
const struct cube_order *cube_order_worth(const struct cube_codes *codes);
/* Where the owner's rows begin and end in the order's. */
void cube_order_find(const struct cube_order *order, uint32_t owner, uint32_t *from, uint32_t *to);
void cube_order_free(struct cube_order *order, struct cube_memory *memory); /* NULL is fine */

#endif
