/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/said_owners.h"

#include <stdlib.h>

#include "base/die.h"

#define NONE UINT32_MAX

static uint32_t owner_of(const struct comments_said *c, size_t i, enum said_owner whose)
{
	return whose == SAID_CLUSTERS ? c->at[i].cluster : c->at[i].person;
}

void said_owners_find(const struct comments_said *c, enum said_owner whose, struct said_owners *out)
{
	uint32_t owners = whose == SAID_CLUSTERS ? c->clusters : c->persons, end = 0;
	uint32_t *count = mem_zeroed((size_t)owners + 1, sizeof(*count));
	MUST(c->count < NONE);
	*out = (struct said_owners){ .comments = mem_alloc((c->count + 1) * sizeof(uint32_t)),
		                     .ends = mem_alloc(((size_t)owners + 1) * sizeof(uint32_t)) };
	for (size_t i = 0; i < c->count; i++)
		count[owner_of(c, i, whose)]++;
	count[0] = 1; /* nobody known: each by itself */
	for (size_t i = 0; i < c->count; i++)
		if (count[owner_of(c, i, whose)] == 1)
			out->comments[end++] = (uint32_t)i;
	out->alone = end;
	for (uint32_t k = 0; k <= owners; k++) {
		uint32_t own = count[k] > 1 ? count[k] : 0;
		count[k] = own ? end : NONE; /* where its next one goes */
		end += own;
		if (own)
			out->ends[out->many++] = end;
	}
	for (size_t i = 0; i < c->count; i++) {
		uint32_t *next = &count[owner_of(c, i, whose)];
		if (*next != NONE)
			out->comments[(*next)++] = (uint32_t)i;
	}
	free(count);
}

void said_owners_free(struct said_owners *o)
{
	free(o->comments);
	free(o->ends);
	*o = (struct said_owners){ 0 };
}
