/* feedback/import_plan.h - what the first pass over a file decides for the second.
 *
 * Which column is what, that the scores are surely of 0 to 10, and how dates are read: by all rows, not by the first
 * ones. A scan is what was seen, and is the same whatever the user wishes; a plan is what follows from a scan and the
 * wishes, and is made in no time. Both are immutable once made; their texts live in the arenas they were made in, and a
 * plan needs its scan.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_PLAN_H
#define FEEDBACK_IMPORT_PLAN_H

#include "feedback/import_presets.h"

#define IMPORT_SAMPLES 20

struct import_source;

/* What the user said; zero: nothing. */
struct import_wishes {
	Str map, key;                        /* --map, --key */
	const struct import_choice *choices; /* of columns, by number */
	size_t choice_count;
	size_t key_column; /* from 1; 0: not said by number */
	bool no_key;       /* although a preset has one */
	Str preset;        /* of the scan; at NULL: "auto" */
	enum score_scale scale;
	bool has_date_order;
	enum dates_format date_order;
	Str customer;      /* labels in a column of transcripts, as text/transcript.h has them */
	bool scores_alone; /* comments are not looked at */
};

/* A row as it stands in the file, its cells cut to some 200 bytes. */
struct import_sample {
	size_t line;
	Str *cells;
	size_t count;
};

struct import_scan {
	bool own; /* an export of Heed: nothing to guess */
	struct import_columns columns;
	struct import_recognised recognised;
	struct err first_bad; /* of kind ERR_NONE where the file begins with a row */
	struct import_sample samples[IMPORT_SAMPLES];
	size_t sample_count;
	int64_t rows, bad_rows; /* without the header */
};

/* What nobody but the owner of the file can tell. */
#define IMPORT_QUESTIONS(X)             \
	X(ASK_SCORE, "score")           \
	X(ASK_SCALE, "scale")           \
	X(ASK_DATE, "date")             \
	X(ASK_DATE_ORDER, "date_order") \
	X(ASK_CUSTOMER, "customer")

#define ASK_ENUM(question, name) question,
enum import_question { IMPORT_QUESTIONS(ASK_ENUM) QUESTION_COUNT };
#undef ASK_ENUM

const char *import_question_name(enum import_question question);

struct import_plan {
	bool own;
	const struct import_preset *preset; /* NULL: none */
	struct import_columns columns;
	Str *property_names;         /* one a column; at NULL where it is no property */
	size_t *by_name;             /* columns in order of their headers */
	size_t key;                  /* column that identifies a row, or IMPORT_NO_COLUMN */
	size_t status;               /* column that marks what is no answer, or IMPORT_NO_COLUMN */
	enum score_scale scale;      /* SCALE_0_10, or the one the user said */
	struct transcript_told told; /* of each comment */
	enum dates_format date_format;
	const struct zone *zone;   /* of wall times as the file says; NULL: the workspace's */
	int64_t rows, bad_rows;    /* without the header */
	int lowest, highest;       /* scores seen, -1: none */
	size_t properties_left;    /* columns past PROPERTIES_MAX, which are not kept */
	bool asks[QUESTION_COUNT]; /* open; then the plan is not to be carried out */
	struct err why[QUESTION_COUNT];
};

/* What the first rows tell, of a scan that is zero: whether it is an export of Heed or of another tool, and the columns by their names.
 * Sets the source's header and goes to the first row behind it. ERR_INVALID. */
MUST_USE bool import_scan_begin(struct import_source *source, Str preset, struct arena *a,
                                struct import_scan *scan, struct err *err);
/* Reads the source from its first row to its last, and sets its header. ERR_INVALID says what to do. `tick` (may be
 * NULL) is called now and then; when it says false, the scan ends with ERR_BUSY. */
MUST_USE bool import_scan_make(struct import_source *source, Str preset, struct arena *a,
                               bool (*tick)(void *context), void *context, struct import_scan *out,
                               struct err *err);
/* Fails when a wish cannot be; what is open stands in the plan. */
MUST_USE bool import_plan_decide(const struct import_scan *scan, const struct import_wishes *wishes,
                                 struct arena *a, struct import_plan *out, struct err *err);
/* Both, and the first open question is an ERR_INVALID. */
MUST_USE bool import_plan_make(struct import_source *source, const struct import_wishes *wishes,
                               struct arena *a, struct import_plan *out, struct err *err);

#endif
