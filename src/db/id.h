/* db/id.h - 63-bit ids: 41 bits of milliseconds since 2025-01-01 UTC, 10 bits of process number, 12 bits of
 * sequence. Unique without asking the database while process numbers are; a clash is still refused by the
 * primary key and the unit tries a new one. Ids are strings in JSON and never a cursor or a proof of order.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_ID_H
#define DB_ID_H

#include "base/json.h"

struct id_maker;

struct id_maker *id_maker_new(unsigned process_number); /* 0..1023 */
void id_maker_free(struct id_maker *ids);
/* Goes on under another number, when the lease of the old one ran out. */
void id_maker_renumber(struct id_maker *ids, unsigned process_number);
/* The instant (UTC microseconds) from which another process may use the number. */
int64_t id_maker_busy_until(const struct id_maker *ids);
/* Any thread. `now` in UTC microseconds; time never goes backward within a maker, and a full millisecond
 * borrows from the next. */
int64_t id_make(struct id_maker *ids, int64_t now);

/* Decimal text as in JSON: 1 to 19 digits, positive. */
MUST_USE bool id_parse(Str text, int64_t *out, struct err *err);
/* As a text of JSON. ERR_INVALID says `must`, as in "must be the id of a theme". */
MUST_USE bool id_read(JsonRef ref, const char *must, int64_t *out, struct err *err);
/* Leaves *out as it is when there is none, or null. */
MUST_USE bool id_read_if_given(JsonRef ref, const char *must, int64_t *out, struct err *err);

#endif
