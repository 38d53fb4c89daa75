/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A place in the change log that parses writes back to one that means the same. */
#include "feedback/live.h"

#include "base/arena.h"
#include "base/die.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct log_place place, again;
	struct err err;
	if (!log_place_parse((Str){ (const char *)data, size }, &place, &err))
		return 0;
	MUST(place.rev >= 0 && place.seq > 0);
	MUST(log_place_parse(log_place_write(&arena, &place), &again, &err));
	MUST(again.rev == place.rev && again.seq == place.seq);
	arena_free(&arena);
	return 0;
}
