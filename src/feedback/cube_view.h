/* feedback/cube_view.h - the answers of one workspace as columns in memory, as they were at one rev.
 *
 * A view is immutable and counted: what it shows never changes while somebody holds it. Rows stand in chunks of
 * CUBE_CHUNK_ROWS (the last one shorter), in order of arrival; a chunk knows the span of its times. Each answer of the table
 * `response` has one row, whatever its state, and keeps its number. Texts are numbers of a dictionary, 0 being none.
 * A chunk's column is as wide as the chunk needs, so that a dictionary which grows rewrites one chunk and not a column.
 *
 * Columns of a chunk, each [rows]:
 *   time      seconds since CUBE_EPOCH of the first score, else of the answer; as filters date it
 *   facts     CUBE_SCORE and CUBE_STATE of the answer, packed; the score is CUBE_NO_SCORE without one
 *   marks     CUBE_MARK_*
 *   wording   the survey and its version (view's wordings); the survey's kind, brand and touchpoint are the survey's
 *   channel, language, source, property[]   dictionaries' numbers; property values are texts as property_text has them
 *   import    number of the import that it came with; 0: none
 *   person    number of the person, of the one it was merged into; 0: none
 *   account   number of the account; 0: none
 *   cluster   number of what the answer is clustered by (account, else person) among those that have had two rows;
 *             0: this row is a cluster of its own. A number that one row alone has is such a cluster, too.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_VIEW_H
#define FEEDBACK_CUBE_VIEW_H

#include "base/str.h"
#include "feedback/understood.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CUBE_CHUNK_ROWS 65536u
#define CUBE_EPOCH \
	INT64_C(   \
	    1577836800) /* 2020-01-01, seconds since 1970; times beyond 68 years of it are cut */

#define CUBE_SCORE(facts) ((facts)&15u)
#define CUBE_STATE(facts) ((facts) >> 4) /* enum response_state; 0: the row is gone */
#define CUBE_NO_SCORE     15u

#define CUBE_MARK_STARRED  1u
#define CUBE_MARK_COMMENT  2u
#define CUBE_MARK_IMPORTED 4u
#define CUBE_MARK_REPEATS \
	8u /* its person has had another row; without it, it is its person's only one */
#define CUBE_MARK_TAGGED       16u /* the view's tags may have it; without the mark, none has */
#define CUBE_UNDERSTOOD_SHIFT  5   /* enum understood of the comment */
#define CUBE_UNDERSTOOD(marks) ((enum understood)((marks) >> CUBE_UNDERSTOOD_SHIFT & 7u))

/* Numbers: uint8_t, uint16_t or uint32_t as `width` says; persons and accounts also of three bytes. `at` NULL: every row has `base`. Otherwise 0 is 0, and to others
 * `base` is added: it is 0 for whatever has a dictionary, and not for persons, accounts and clusters. */
struct cube_codes {
	const void *at;
	uint32_t width, base;
	struct cube_column *column; /* where that stands, for what is kept with it; may be NULL */
};

struct cube_chunk {
	uint32_t rows;
	int32_t min_time, max_time; /* at least: it may span more than its rows do by now */
	const int32_t *time;
	const uint8_t *facts, *marks;
	struct cube_codes wording, channel, language, source, import;
	struct cube_codes person, account, cluster;
	struct cube_column *facts_column;
	const struct cube_codes
	    *property; /* [property_count], of the names that were known then; others: none */
	size_t property_count;
	const struct cube_ids *ids; /* cube_view_id's */
};

/* What a view is to have beside its rows; what one asked for is kept up to date from then on. */
#define CUBE_PEOPLE 1u /* traits and first_seen of persons */

/* What is known today of persons number chunk x CUBE_CHUNK_ROWS ..., in a view that was taken with CUBE_PEOPLE. */
struct cube_people {
	uint32_t rows;
	const int32_t *first_seen;      /* seconds since CUBE_EPOCH: made, or its first answer */
	const struct cube_codes *trait; /* [trait_count] as property[] */
	size_t trait_count;
};

/* Texts by number, 1..count-1; 0 is none. They never move while a view that knows them is held. */
struct cube_dict;
Str cube_dict_text(const struct cube_dict *dict, uint32_t code);
/* 0: no row of the view has it. */
uint32_t cube_dict_find(const struct cube_dict *dict, Str text, uint32_t count);

struct cube_wording {
	int64_t survey;
	int version;
};

struct cube_names {
	const struct cube_dict *dict;
	uint32_t count; /* numbers that this view knows, with 0 */
};

/* A property's or a trait's name, and its values. */
struct cube_property {
	Str name;
	struct cube_names values;
};

struct cube_view {
	int64_t workspace, rev;
	uint64_t rows; /* with those that are gone */
	const struct cube_chunk *const *chunks;
	size_t chunk_count;
	const struct cube_wording *wordings; /* [wording_count], 0 is none */
	uint32_t wording_count;
	struct cube_names channels, languages, sources;
	const struct cube_property *properties; /* in the order in which they were first seen */
	size_t property_count;
	bool
	    names_cut; /* there were more names of properties or traits than a cube keeps: some are missing */
	uint32_t person_count, account_count, import_count,
	    cluster_count; /* numbers that are in use, with 0 */
	/* With CUBE_PEOPLE, else NULL; person 0 is nobody. */
	const struct cube_people *const *people;
	size_t people_count;
	const struct cube_property *traits;
	size_t trait_count;
};

static inline uint32_t cube_number(const void *at, uint32_t width, size_t row)
{
	const uint8_t *bytes = at;
	if (width == 3) {
		bytes += 3 * row;
		return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16;
	}
	return width == 1   ? bytes[row]
	       : width == 2 ? ((const uint16_t *)at)[row]
	                    : ((const uint32_t *)at)[row];
}

static inline uint32_t cube_code(struct cube_codes c, size_t row)
{
	if (!c.at)
		return c.base;
	uint32_t code = cube_number(c.at, c.width, row);
	return code ? code + c.base : 0;
}

static inline uint32_t cube_property_code(const struct cube_chunk *c, size_t property, size_t row)
{
	return property < c->property_count ? cube_code(c->property[property], row) : 0;
}

/* Today's value of the person's trait. */
static inline uint32_t cube_trait_code(const struct cube_view *v, size_t trait, uint32_t person)
{
	const struct cube_people *p = v->people[person / CUBE_CHUNK_ROWS];
	return trait < p->trait_count ? cube_code(p->trait[trait], person % CUBE_CHUNK_ROWS) : 0;
}

static inline const int32_t *cube_first_seen_at(const struct cube_view *v, uint32_t person)
{
	return &v->people[person / CUBE_CHUNK_ROWS]->first_seen[person % CUBE_CHUNK_ROWS];
}

/* Number of the property or trait; SIZE_MAX: no row has one. */
size_t cube_property_find(const struct cube_property *all, size_t count, Str name);

/* The answer's id: for lists of the very answers behind a figure. */
int64_t cube_view_id(const struct cube_view *v, size_t chunk, size_t row);
/* Where the answer stands; false: nowhere, or gone. */
bool cube_view_find(const struct cube_view *v, int64_t id, size_t *chunk, size_t *row);
int64_t cube_view_person_id(const struct cube_view *v, uint32_t code);
int64_t cube_view_account_id(const struct cube_view *v, uint32_t code);
int64_t cube_view_import_id(const struct cube_view *v, uint32_t code);
/* Sorted row numbers (chunk x CUBE_CHUNK_ROWS + row) with the tag; 0 when no answer has it. */
size_t cube_view_tagged(const struct cube_view *v, Str tag_folded, const uint32_t **out);
/* The same of comments that speak so of a theme, by its code. */
size_t cube_view_themed(const struct cube_view *v, Str code, enum theme_saying saying,
                        const uint32_t **out);

#endif
