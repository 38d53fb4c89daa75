/* survey/link_list.h - personal links for a whole list: a table of people in, the same table with a column of links out.
 *
 * The list is read in parts of LINK_LIST_PART rows. Each part is one bulk unit that finds or makes the persons and their
 * invitations; when it is committed its rows are written with their links. So memory holds the body and one part, whatever
 * the length. A row that names nobody, or somebody in a form that cannot be, gets no link and its reason in the column
 * "problem".
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_LINK_LIST_H
#define SURVEY_LINK_LIST_H

#include "base/csv.h"
#include "survey/invitation.h"
#include "survey/link.h"
#include "survey/people_list.h"
#include "survey/survey.h"

#define LINK_LIST_PART      200
#define LINK_LIST_ROWS_MAX  100000
#define LINK_LIST_BYTES_MAX ((size_t)24 << 20)

struct link_list_row {
	Str *cells;  /* as many as the header */
	Str problem; /* at NULL: none */
	struct person_ref who;
	Str properties;
	struct invitation invitation; /* result */
};

struct link_list {
	/* Set by the caller. */
	int64_t workspace;
	struct survey survey;
	struct definition definition;
	const struct caller *caller; /* whose team's scope each row must lie in */
	Str channel;
	int64_t expires_at;
	int64_t
	    keep_since; /* who has a link made since then keeps it; 0: everybody gets a new one */
	Str named[PEOPLE_LIST_FIELD_COUNT];
	struct link_keys *keys;
	const char *public_url;

	/* Its own. */
	struct csv_reader reader;
	struct csv_dialect dialect;
	Str rest; /* of the body, not fed yet */
	struct people_list_columns columns;
	struct arena arena; /* of the part */
	struct link_list_row rows[LINK_LIST_PART];
	size_t row_count, total;
	bool started, ended;
};

/* Reads the dialect and the header, so that what is wrong with the whole list is said before anything is written. The list
 * lives in `a`, which frees what it owns. `body` must live as long. */
MUST_USE bool link_list_open(struct arena *a, struct link_list *list, Str body, struct err *err);
/* Writes what was stored, reads the next rows. *more: link_list_apply is to be run with the list, then this again. On a
 * worker; link_keys_need comes before the first. */
MUST_USE bool link_list_next(struct link_list *list, struct buf *out, bool *more, struct err *err);
/* A unit's function; input is the struct link_list. */
bool link_list_apply(struct db_tx *tx, void *input, struct err *err);

#endif
