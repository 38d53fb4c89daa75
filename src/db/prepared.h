/* db/prepared.h - a connection's prepared statements, found by the address of their row.
 *
 * Rows are static const, so the address is the identity. Grows, never shrinks, owned by its connection.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_PREPARED_H
#define DB_PREPARED_H

#include <stddef.h>

struct db_stmt;

struct prepared_slot {
	const struct db_stmt *stmt;
	void *value;
};

/* Zero-initialise. */
struct prepared {
	struct prepared_slot *slots;
	size_t count, size; /* size: a power of two, at least twice count */
};

void *prepared_find(const struct prepared *p, const struct db_stmt *stmt); /* NULL: not there */
void prepared_put(struct prepared *p, const struct db_stmt *stmt, void *value);
/* Forgets all, giving each value to `drop`. */
void prepared_clear(struct prepared *p, void (*drop)(void *value));

#endif
