/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/prepared.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/die.h"

/* The slot of the statement, or the empty one where it would stand. */
static struct prepared_slot *slot_of(const struct prepared *p, const struct db_stmt *stmt)
{
	uint64_t hash = (uint64_t)(uintptr_t)stmt * UINT64_C(0x9e3779b97f4a7c15) >> 32;
	size_t i = (size_t)hash & (p->size - 1);
	while (p->slots[i].stmt && p->slots[i].stmt != stmt)
		i = (i + 1) & (p->size - 1);
	return &p->slots[i];
}

void *prepared_find(const struct prepared *p, const struct db_stmt *stmt)
{
	return p->size ? slot_of(p, stmt)->value : NULL;
}

static void grow(struct prepared *p)
{
	struct prepared bigger = { .count = p->count, .size = p->size ? p->size * 2 : 64 };
	bigger.slots = mem_zeroed(bigger.size, sizeof *bigger.slots);
	for (size_t i = 0; i < p->size; i++)
		if (p->slots[i].stmt)
			*slot_of(&bigger, p->slots[i].stmt) = p->slots[i];
	free(p->slots);
	*p = bigger;
}

void prepared_put(struct prepared *p, const struct db_stmt *stmt, void *value)
{
	if (2 * (p->count + 1) > p->size)
		grow(p);
	*slot_of(p, stmt) = (struct prepared_slot){ stmt, value };
	p->count++;
}

void prepared_clear(struct prepared *p, void (*drop)(void *value))
{
	for (size_t i = 0; i < p->size; i++)
		if (p->slots[i].value)
			drop(p->slots[i].value);
	free(p->slots);
	*p = (struct prepared){ 0 };
}
