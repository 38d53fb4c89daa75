/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/id.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/die.h"

#define ID_EPOCH_MS      INT64_C(1735689600000) /* 2025-01-01T00:00:00Z */
#define ID_SEQUENCE_BITS 12
#define ID_PROCESS_BITS  10

struct id_maker {
	_Atomic unsigned process_number;
	_Atomic int64_t last; /* milliseconds and sequence of the newest id */
};

struct id_maker *id_maker_new(unsigned process_number)
{
	struct id_maker *ids = mem_zeroed(1, sizeof *ids);
	id_maker_renumber(ids, process_number);
	return ids;
}

void id_maker_free(struct id_maker *ids)
{
	free(ids);
}

void id_maker_renumber(struct id_maker *ids, unsigned process_number)
{
	MUST(process_number < 1u << ID_PROCESS_BITS);
	atomic_store(&ids->process_number, process_number);
}

int64_t id_maker_busy_until(const struct id_maker *ids)
{
	int64_t ms = atomic_load(&ids->last) >> ID_SEQUENCE_BITS;
	return (ms + ID_EPOCH_MS + 1) * 1000;
}

int64_t id_make(struct id_maker *ids, int64_t now)
{
	int64_t ms = now / 1000 - ID_EPOCH_MS;
	int64_t wanted = (ms > 0 ? ms : 0) << ID_SEQUENCE_BITS;
	int64_t last = atomic_load(&ids->last), next;
	do {
		next = wanted > last ? wanted : last + 1;
	} while (!atomic_compare_exchange_weak(&ids->last, &last, next));
	int64_t sequence = next & ((1 << ID_SEQUENCE_BITS) - 1);
	int64_t process = (int64_t)atomic_load(&ids->process_number);
	return (next >> ID_SEQUENCE_BITS) << (ID_SEQUENCE_BITS + ID_PROCESS_BITS) |
	       process << ID_SEQUENCE_BITS | sequence;
}

bool id_parse(Str text, int64_t *out, struct err *err)
{
	int64_t id;
	bool plain = text.len > 0 && text.len <= 19 && text.at[0] >= '1' && text.at[0] <= '9';
	if (!plain || !str_to_i64(text, &id))
		return err_set(err, ERR_INVALID, "\"%.*s\" is not an id: 1 to 19 digits",
		               (int)(text.len < 40 ? text.len : 40), text.at ? text.at : "");
	*out = id;
	return true;
}

bool id_read(JsonRef ref, const char *must, int64_t *out, struct err *err)
{
	Str text;
	struct err why;
	return json_read_text(ref, 32, &text, err) &&
	       (id_parse(text, out, &why) || err_at(err, ERR_INVALID, ref.path, "%s", must));
}

bool id_read_if_given(JsonRef ref, const char *must, int64_t *out, struct err *err)
{
	return !json_read_is_given(ref) || id_read(ref, must, out, err);
}
