/* feedback/tag.h - words that answers are sorted by, and which answers have them.
 *
 * A tag is the same however it is written: "VIP" and "vip" are one, shown as it was first typed.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_TAG_H
#define FEEDBACK_TAG_H

#include "db/unit.h"

#define TAG_NAME_MAX  50 /* characters */
#define TAGS_MAX      1000
#define TAGS_EACH_MAX 50 /* an answer */
/* Answers that one unit of a rename or delete moves. */
#define TAG_MOVE_MAX 500

struct tag_name {
	Str text, folded;
};

struct tag {
	int64_t id;
	Str name;
	int64_t answers; /* that have it, outside of the bin */
};

/* Trimmed and checked; ERR_INVALID with `path`. */
MUST_USE bool tag_name_read(struct arena *a, Str typed, const char *path, struct tag_name *out,
                            struct err *err);

/* By name. */
MUST_USE bool tag_list(struct db *db, struct arena *a, int64_t workspace, struct tag **out,
                       size_t *count, struct err *err);
/* ERR_NOT_FOUND. */
MUST_USE bool tag_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                       struct tag *out, struct err *err);
/* *id is 0 when there is none. */
MUST_USE bool tag_find_by_name(struct db *db, int64_t workspace, Str folded, int64_t *id,
                               struct err *err);

/* In a unit: the tag of that name, made when missing. ERR_CONFLICT past TAGS_MAX. */
MUST_USE bool tag_upsert(struct db_tx *tx, const struct tag_name *name, struct tag *out,
                         struct err *err);
/* In a unit: gives the tag to the answer, or takes it away. *changed is false when it was so before. ERR_CONFLICT past
 * TAGS_EACH_MAX. Notes nothing: see event_add. */
MUST_USE bool tag_give(struct db_tx *tx, int64_t response, int64_t tag, bool *changed,
                       struct err *err);
MUST_USE bool tag_take(struct db_tx *tx, int64_t response, int64_t tag, bool *changed,
                       struct err *err);

struct tag_move_input {
	int64_t from;
	struct tag_name to; /* folded.at NULL: takes the tag away altogether */
	bool merge;         /* allowed to join a tag that is there already */
	Str actor;
	struct arena *arena; /* of the result */
	struct tag tag;      /* result: what it is now; id 0: gone */
	bool more;           /* result: some answers still have the old one; run it again */
};

/* A unit's function; input is a struct tag_move_input: renames a tag, joins it with another, or deletes it. */
bool tag_move(struct db_tx *tx, void *input, struct err *err);

/* One answer's tag. */
struct tagging {
	int64_t response_id;
	Str name;
};

/* Of the answers with ids above `after` up to `last`, in order of the answers and the names. */
MUST_USE bool tag_list_between(struct db *db, struct arena *a, int64_t workspace, int64_t after,
                               int64_t last, struct tagging **out, size_t *count, struct err *err);

#endif
