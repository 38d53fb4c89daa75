/* feedback/import_columns.h - which column of a file is what.
 *
 * Guessed from the header in the languages that Heed speaks, checked against the cells (a column called "note" is a score
 * in French and a comment in English), and overruled by --map. What is nothing else becomes a property under its own
 * header. Views into the arena that the plan was made in.
 *
 * What somebody wrote stands in a comment or in a transcript of a call or chat, in one column of the two.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_COLUMNS_H
#define FEEDBACK_IMPORT_COLUMNS_H

#include "base/arena.h"
#include "base/csv.h"
#include "feedback/import_date.h"
#include "feedback/import_score.h"
#include "feedback/import_speakers.h"

#define IMPORT_COLUMNS_MAX 256
#define IMPORT_NO_COLUMN   SIZE_MAX

/* number, name in --map */
#define IMPORT_FIELDS(X)                    \
	X(FIELD_SCORE, "score")             \
	X(FIELD_COMMENT, "comment")         \
	X(FIELD_TRANSCRIPT, "transcript")   \
	X(FIELD_EMAIL, "email")             \
	X(FIELD_NAME, "name")               \
	X(FIELD_LAST_NAME, "last_name")     \
	X(FIELD_PHONE, "phone")             \
	X(FIELD_DATE, "date")               \
	X(FIELD_EXTERNAL_ID, "external_id") \
	X(FIELD_ACCOUNT, "account")         \
	X(FIELD_LANGUAGE, "language")       \
	X(FIELD_CHANNEL, "channel")

#define FIELD_ENUM(field, name) field,
/* A column that is none of them becomes a property, or is left out. */
enum import_field {
	IMPORT_FIELDS(FIELD_ENUM) FIELD_COUNT,
	FIELD_PROPERTY = FIELD_COUNT,
	FIELD_IGNORED
};
#undef FIELD_ENUM

/* Why a column is what it is. */
#define IMPORT_REASONS(X)          \
	X(REASON_REST, "rest")     \
	X(REASON_CHOSEN, "chosen") \
	X(REASON_PRESET, "preset") \
	X(REASON_HEADER, "header") \
	X(REASON_CELLS, "cells")

#define REASON_ENUM(reason, name) reason,
enum import_reason { IMPORT_REASONS(REASON_ENUM) };
#undef REASON_ENUM

/* What the first pass saw of a column. */
struct import_column {
	Str header; /* "column 3" in a file without a header */
	struct score_column scores;
	struct date_column dates;
	struct import_speakers *speakers;
	int64_t filled, addresses; /* cells that are not blank; those with an @ and no space */
	enum import_field field;
	enum import_reason reason;
};

struct import_columns {
	struct import_column *at;
	size_t count;
	size_t header_rows;     /* 0: the first row is data */
	size_t of[FIELD_COUNT]; /* column of a field, IMPORT_NO_COLUMN when there is none */
};

/* A column that the user, or a preset, named. */
struct import_choice {
	size_t column;
	enum import_field field;
	enum import_reason reason;
};

const char *import_field_name(enum import_field field);
/* Of a field by its name, "property" or "ignored" too. */
bool import_field_find(Str name, enum import_field *out);
const char *import_reason_name(enum import_reason reason);

/* Is the first row a header? Not when a cell of it is a score, a date or an address. */
bool import_row_is_header(const Str *cells, size_t count);

/* Does it name a field, by the whole or, if `parts`, by a word within? */
bool import_name_is_known(struct arena *a, Str header, bool parts);

/* Starts from the header, or without one (header_rows 0) from the first row: "column 1" ... ERR_TOO_LARGE past
 * IMPORT_COLUMNS_MAX. */
MUST_USE bool import_columns_init(struct arena *a, const Str *names, size_t count,
                                  size_t header_rows, struct import_columns *out, struct err *err);
/* Adds a row's cells to what is known of each column. */
void import_columns_add(struct arena *a, struct import_columns *columns, const struct csv_row *row);
/* Where what somebody wrote stands; IMPORT_NO_COLUMN. */
size_t import_columns_said(const struct import_columns *columns);

/* Column by header (exact, else ignoring case), or by number, from 1. */
MUST_USE bool import_column_find(const struct import_columns *columns, Str name, size_t *out,
                                 struct err *err);
/* In this order, before the guess; what was said first stands. From "score=Q1,comment=Q2"; from choices, of which
 * those of a preset give way. ERR_INVALID names what is wrong. */
MUST_USE bool import_columns_map(struct import_columns *columns, Str map, struct err *err);
MUST_USE bool import_columns_choose(struct import_columns *columns,
                                    const struct import_choice *choices, size_t count,
                                    struct err *err);
/* Fills the rest of `of` and each column's field by guess. False when there is no column of scores, or two that could be
 * it. */
bool import_columns_guess(struct arena *a, struct import_columns *columns);
/* Behind the guess, where nothing is a comment yet: right of the score, a column of words that is nothing else. */
void import_columns_comment_by_place(struct import_columns *columns);
/* A column of comments, of which nobody said that it is one, becomes one of transcripts where its cells plainly are some. */
void import_columns_see_transcripts(struct import_columns *columns);
/* Folded, with one space where something is no letter or digit: "E-Mail_Adresse:" is "e mail adresse". */
Str import_plain_name(struct arena *a, Str header);

#endif
