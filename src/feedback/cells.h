/* feedback/cells.h - answers counted in cells: by no, one or two dimensions, under a filter and a team's scope.
 *
 * All figures are made of cells. A question is asked of `struct facts`: of a view of the cube (feedback/cube_view.h), as the
 * program does, or of the tables with SQL, which is slower and knows no cube: the oracle that tests compare with. Both
 * give the same cells, to the last bit.
 *
 * Which answers: those of the filter (group, score and state choose among them, too), of a second period beside. Times
 * are the second of the first score, as the cube keeps them (CUBE_EPOCH).
 *
 * A cell's sums are those of stats/nps.h: whose answers they are is known (clusters, people), so that an interval can be
 * made of any cell, of several cells together only by asking again. Answers that do not count are told by why. A person
 * who was merged counts as the one it was merged into. Only counted answers make a value of a dimension.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_H
#define FEEDBACK_CELLS_H

#include "base/period.h"
#include "feedback/filter.h"
#include "feedback/understood.h"
#include "stats/nps_change.h"

/* Values of a dimension that are told apart, those with most answers in both periods; further ones are the rest together.
 * Of a second dimension fewer, where there would be more cells than CELLS_MAX. Times have no rest: too many periods, or
 * cells of them, are ERR_INVALID. */
#define CELLS_VALUES_MAX  1000
#define CELLS_PERIODS_MAX 2000
#define CELLS_MAX         200000

struct cells_kept;
struct cube_view;
struct cubes;
struct zone;

struct facts;
/* The view is the caller's to keep until the facts are out of use; `db` is a reader bound to the workspace, for what stands
 * in no column (names of surveys, texts of a search). Questions about traits and tenure want a view with CUBE_PEOPLE; of what a
 * view lacks the tables are asked. */
struct facts facts_of_view(const struct cube_view *view, struct db *db, int64_t workspace);
struct facts facts_of_tables(struct db *db, int64_t workspace);
/* Of the workspace as it is now: takes its view, with what `wants` says (CUBE_PEOPLE), and gives it back when the arena is
 * freed. For handlers, whose room is the cubes. */
MUST_USE bool facts_open(struct cubes *cubes, struct db *db, int64_t workspace, unsigned wants,
                         struct arena *a, struct facts *out, struct err *err);

struct facts {
	struct db *db;
	int64_t workspace;
	const struct cube_view *view; /* NULL: the tables */
	struct cells_kept
	    *kept;     /* what was counted before (feedback/cells_kept.h); NULL: nothing is kept */
	int64_t as_of; /* when the view was the newest; 0: now */
};

enum dim_kind {
	DIM_NONE,
	DIM_PART, /* kind, brand and touchpoint: what may be pooled; in the order of filter_surveys */
	DIM_SURVEY,  /* text: slug */
	DIM_WORDING, /* survey and version */
	DIM_TIME,    /* of the first score, in the zone; oldest first, without gaps */
	DIM_CHANNEL,
	DIM_LANGUAGE, /* without script and region */
	DIM_SOURCE,
	DIM_TAG, /* an answer with several tags is in several cells, in the rest once a tag; without a tag: at NULL */
	DIM_THEME, /* text: its code; of comments that speak of it as `saying` has it; else as with tags */
	DIM_SENTIMENT, /* of the comment, blind to the score: feedback/understood.h; without a reading: at NULL */
	DIM_GROUP, /* detractors, passives, promoters, in this order: for counts, not for scores */
	DIM_PROPERTY, /* as it was with the answer */
	DIM_TRAIT,    /* as the person is today */
	DIM_TENURE,   /* how long the person was known when it answered: TENURES, in their order */
	DIM_ACCOUNT,
	DIM_ACCOUNT_SIZE, /* how many people of the account are known today: ACCOUNT_SIZES, in their order */
};

/* Under a month, three months, one, two years, longer; a month is 30 days, a year 365. */
#define TENURES(X)                          \
	X(TENURE_MONTH, "under 1 month")    \
	X(TENURE_QUARTER, "1 to 3 months")  \
	X(TENURE_YEAR, "3 to 12 months")    \
	X(TENURE_TWO_YEARS, "1 to 2 years") \
	X(TENURE_LONGER, "over 2 years")

#define TENURE_ENUM(tenure, words) tenure,
enum tenure { TENURES(TENURE_ENUM) TENURE_COUNT };
#undef TENURE_ENUM

/* People who were merged are one. An answer without an account has none. */
#define ACCOUNT_SIZES(X)                       \
	X(ACCOUNT_SMALL, 0, "under 5 people")  \
	X(ACCOUNT_MEDIUM, 5, "5 to 19 people") \
	X(ACCOUNT_LARGE, 20, "20 people or more")

#define ACCOUNT_SIZE_ENUM(size, least, words) size,
enum account_size { ACCOUNT_SIZES(ACCOUNT_SIZE_ENUM) ACCOUNT_SIZE_COUNT };
#undef ACCOUNT_SIZE_ENUM

struct dim {
	enum dim_kind kind;
	Str name;                 /* of a property, a trait */
	enum period_unit unit;    /* of a time */
	enum theme_saying saying; /* of a theme */
};

/* A value a tag, a theme: an answer may be in several cells. */
static inline bool dim_is_set(const struct dim *dim)
{
	return dim->kind == DIM_TAG || dim->kind == DIM_THEME;
}

/* Whose vote an answer is: each counts; or only the newest of a person, or of an account (where none is known: of a
 * person), among those of its period that are asked for and count. Answers of nobody known each count. */
enum vote { VOTE_ANSWER, VOTE_PERSON, VOTE_ACCOUNT };

struct cell_question {
	const struct team_scope *scope; /* never NULL */
	const struct answer_filter *filter;
	const struct cell_part
	    *part; /* answers of this one alone: what it has in common; NULL: all */
	const struct zone *zone;
	int week_start; /* 0 Sunday .. 6 Saturday */
	struct dim dims[2];
	bool hides_names; /* values that tell who somebody is are none */
	enum vote vote;
	/* Answers of a second period are counted beside, under the same filter but for its days; from == before: none.
	 * What is in both periods counts in the first. */
	int64_t before_from, before_before;
	bool
	    wants_clusters; /* else the sums have by_score alone, for counts that need no interval: cheaper */
	bool wants_across;  /* fill cell.across */
	const int64_t *ids; /* sorted: only these answers, besides the filter; NULL: all */
	size_t id_count;
};

struct cell_left_out {
	int64_t excluded, unconfirmed, test, dismissed, deleted, without_score;
};

struct cell_value {
	Str text; /* at NULL: answers without one */
	/* A survey's or account's id, a time's first day, an enum tenure, account_size, nps_group or understood; a part's number in `parts`; a wording's
	 * survey. */
	int64_t id;
	int version;
	bool rest;
};

struct cell {
	struct nps_sums sums;
	struct nps_sums before;
	struct nps_pair pair; /* of sums with before */
	/* Of sums with cells.all's, for cells_rest; but people and clusters are those that answered outside the cell, too. */
	struct nps_pair across;
};

/* Answers of one kind, brand and touchpoint may be pooled. */
struct cell_part {
	enum survey_kind kind;
	int64_t brand_id, touchpoint_id; /* touchpoint 0: none */
	Str brand, touchpoint_code, touchpoint;
	/* When the question was for parts alone (DIM_PART, no second dimension); else 0. Of its answers, not of `before`. */
	struct cell_left_out left_out;
	int64_t imported; /* answers that count and came with an import */
	int64_t first_at,
	    last_at; /* instants of the earliest and latest that count, whole seconds; 0: none */
};

struct cells {
	struct cell_value *values[2]; /* [count[d]]; a DIM_NONE has one */
	size_t count[2];
	struct cell *at;         /* [count[0] x count[1]], the second dimension faster */
	struct cell all;         /* of everything that the question takes */
	struct cell_part *parts; /* whatever the dimensions are; those without answers too */
	/* Answers that the question takes, but for that they do not count; none of `before`. */
	struct cell_left_out left_out;
	size_t part_count;
	int64_t rev; /* of the view; 0 of the tables */
};

/* Everything in the arena. ERR_INVALID: too many periods or cells; ERR_NOT_FOUND, ERR_DENIED as the filter has them. */
MUST_USE bool cells_ask(const struct facts *facts, struct arena *a, const struct cell_question *q,
                        struct cells *out, struct err *err);

/* The sums of all that is not in the cell, and what cell and rest share; the question had wants_across. */
void cells_rest(const struct cells *cells, const struct cell *cell, struct nps_sums *rest,
                struct nps_pair *with_rest);

/* One counted answer, for what no sum can say (resampling, models, runs over time). */
struct fact {
	int64_t id, at; /* at: microseconds */
	/* Numbers, equal for answers of one account, else person, and of one person. 0: no other answer is of the same. */
	uint32_t cluster, person;
	bool
	    lasting; /* these are the view's: each visit of it that says so has the same; else a visit has its own */
	int score;
	bool before;        /* in the second period */
	uint32_t values[2]; /* places in cells->values of the question's dimensions */
};

typedef bool (*fact_fn)(void *context, const struct fact *fact, struct err *err);
/* Every counted answer once, in no order that means something, but always the same one: of a view that of its rows, of the
 * tables that of ids, whatever the dimensions are. `cells` is what cells_ask said to the same question of the same facts;
 * with tags and themes it comes once for each that it has, one behind the other. */
MUST_USE bool cells_visit(const struct facts *facts, struct arena *a, const struct cell_question *q,
                          const struct cells *cells, fact_fn each, void *context, struct err *err);

/* Ids of the answers behind a cell, newest first, at most `max`: for a link to the very answers. */
MUST_USE bool cells_answers(const struct facts *facts, struct arena *a,
                            const struct cell_question *q, const struct cells *cells, size_t cell,
                            size_t max, int64_t **ids, size_t *count, struct err *err);

#endif
