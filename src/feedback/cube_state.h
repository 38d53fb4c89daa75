/* feedback/cube_state.h - the cube of one workspace, as its one writer sees it.
 *
 * What the writer changes is seen by nobody before cube_view_make. Views hold the cube: texts and ids that they know stay.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_STATE_H
#define FEEDBACK_CUBE_STATE_H

#include <stdatomic.h>

#include "feedback/cube_block.h"
#include "feedback/cube_dict.h"
#include "feedback/cube_keys.h"
#include "feedback/understood.h"

/* More names of properties than this are not kept: the view says so. */
#define CUBE_NAMES_MAX 1000u
/* A chain of merges longer than this is no chain that Heed made. */
#define CUBE_MERGE_DEPTH 64

enum cube_slot {
	SLOT_TIME,
	SLOT_FACTS,
	SLOT_MARKS,
	SLOT_WORDING,
	SLOT_CHANNEL,
	SLOT_LANGUAGE,
	SLOT_SOURCE,
	SLOT_IMPORT,
	SLOT_PERSON,
	SLOT_ACCOUNT,
	SLOT_CLUSTER,
	SLOT_PROPERTY, /* the first of them */
};
enum cube_people_slot { PEOPLE_FIRST_SEEN, PEOPLE_TRAIT };

struct cube_table {
	const struct cube_shape *shape;
	struct cube_block **blocks;
	size_t count, cap;
	uint32_t rows;
};

/* Names of properties with the dictionaries of their values. */
struct cube_names_list {
	struct cube_property_own {
		Str name;
		struct cube_dict *values;
	} * at;
	size_t count, cap;
	bool cut; /* there were more than CUBE_NAMES_MAX */
};

/* A text that is often the same as in the row before. */
struct cube_texts {
	struct cube_dict *dict;
	Str last; /* in the dictionary */
	uint32_t code;
};

struct cube_tag {
	_Atomic unsigned holds;
	struct cube_memory *memory;
	int64_t id;
	Str folded; /* owned */
	uint32_t count, cap;
	uint32_t *rows; /* ascending */
};

/* Tags, or themes: each with the rows that have it. */
struct cube_tags {
	struct cube_tag **at;
	size_t count, cap;
};

struct cube_codes_list { /* numbers that wait to be looked at again */
	uint32_t *at;
	size_t count, cap;
};

/* How many rows a load has read, and of how many; all 0: it has just begun. */
struct cube_progress {
	atomic_int_least64_t read, all;
};

struct cube {
	_Atomic unsigned holds;
	struct cube_memory *memory;
	int64_t workspace, rev;
	unsigned wants;                 /* what it has beside its rows */
	struct cube_progress *progress; /* while it is loaded; NULL: nobody wants to know */
	struct cube_table answers, people;
	uint64_t number;      /* in the order in which cubes are made */
	uint64_t gone, views; /* rows; that were made */
	struct cube_texts channels, languages, sources;
	struct cube_names_list properties, traits;
	struct cube_wording *wordings;
	uint32_t wording_count, wording_cap, wording_last;
	struct cube_keys *persons, *accounts, *imports;
	struct cube_keys *merged; /* persons that were merged away, and into whom */
	int64_t *merged_into;
	uint32_t merged_cap;
	struct cube_homes repeats, alone,
	    by_account; /* rows by person; those without an account; by account */
	uint32_t cluster_count;
	struct cube_tags tags;
	struct cube_tags themes[THEME_SAYINGS]; /* of comments that speak of them so */
	uint64_t joined;                /* which themes are joined with which: a sum over them */
	struct cube_codes_list touched; /* persons whose row of `people` is to be read again */
	struct cube_codes_list unseen;  /* those of them whom no day is known of any more */
	uint32_t seen_rows;  /* of answers, whose days are those of their persons already */
	bool has_lost_texts; /* of rows that are gone, and of nobody else (feedback/cube_lost.h) */
	uint32_t lost_looks; /* chunks that were looked through in vain to know it */
};

struct cube *cube_new(struct cube_memory *memory, int64_t workspace);
struct cube *cube_hold(struct cube *cube);
void cube_drop(struct cube *cube); /* NULL is fine */

/* The block of a row, to be changed. */
struct cube_block *cube_table_block(struct cube_table *table, uint32_t row);
/* Where a new row goes. */
struct cube_block *cube_table_room(struct cube_table *table, struct cube_memory *memory);
uint32_t cube_table_get(const struct cube_table *table, size_t slot, uint32_t row);
void cube_table_set(struct cube_table *table, size_t slot, uint32_t row, uint32_t value);

uint32_t cube_text_code(struct cube_texts *texts, Str text);
uint32_t cube_wording_code(struct cube *cube, int64_t survey, int version);
/* SIZE_MAX: there are too many. `guess`: where it probably stands. */
size_t cube_name_add(struct cube_names_list *names, struct cube_memory *memory, Str name,
                     size_t guess);

/* Whom the person was merged into, or itself. */
int64_t cube_canonical(const struct cube *cube, int64_t person);
/* `into` 0: nobody any more. */
void cube_merge(struct cube *cube, int64_t person, int64_t into);
int64_t cube_merged_into(const struct cube *cube, int64_t person);

void cube_codes_add(struct cube_codes_list *list, uint32_t code);

#endif
