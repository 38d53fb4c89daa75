/* feedback/import_score.h - is this cell a score, and is this column one of 0 to 10?
 *
 * A cell is a score when it is a whole number from 0 to 10: "9", " 9 ", "9.0", "9,0", "9/10", and "10 - Extremely
 * likely" or "Extremely likely - 10" as tools write the ends of their scale. Everything else ("11", "4/5", "9.5", "n/a") is refused.
 *
 * The column decides about the scale. A rating of 1-5 or 1-10 read as 0-10 gives a number that looks like a score and is
 * none, so what is not surely 0-10 is refused, unless --scale says what it is. Refusing wrongly costs one option on the
 * command line; accepting wrongly costs every figure after it. Not 0-10 is:
 *   - a header that says so: "1-5", "(1 bis 10)", "/5", "out of 5", "stars" (one that says 0-10 settles it as well);
 *   - cells that mostly say "/5";
 *   - nothing above 5 in five answers (twenty when there is a 0), or above 7 in twenty: not a single 8, 9 or 10;
 *   - no 0 while 1 is well used: three or more of it, or every value from 1 to 10. On a scale that ends at 0 the
 *     angriest take the end: wherever 0 is possible it is about as frequent as 1 or more (in a real survey of 870
 *     answers, 0 and 1 came twice each), so that k ones without a 0 have a chance of at most 1 in 2^k.
 * A 1-10 file with nobody below 2 cannot be told from an honest 0-10 file by its numbers; the import prints the
 * lowest and highest score it read.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_SCORE_H
#define FEEDBACK_IMPORT_SCORE_H

#include "base/err.h"
#include "base/str.h"

enum score_cell {
	SCORE_CELL_BLANK,
	SCORE_CELL_GOOD,      /* *score is 0..10 */
	SCORE_CELL_HIGH,      /* a whole number above 10, or below 0 */
	SCORE_CELL_FRACTION,  /* 9.5 */
	SCORE_CELL_OTHER_END, /* "4/5": *score is the 5 */
	SCORE_CELL_TEXT,
};

/* The number of a cell without the words that name an end of the scale, before or behind it; else the cell, trimmed. A view. */
Str score_cell_number(Str cell);
bool score_cell_begins_with_words(Str cell); /* before a number */

enum score_cell score_cell_read(Str cell, int *score);
/* Why a cell that is neither blank nor good is refused, as a sentence's end: "11 is not between 0 and 10". */
void score_cell_reason(enum score_cell kind, Str cell, struct err *err);

enum score_scale { SCALE_UNSAID, SCALE_0_10, SCALE_1_10, SCALE_1_5 };

/* "0-10", "1-10" or "1-5". */
MUST_USE bool score_scale_parse(Str text, enum score_scale *out, struct err *err);
/* What a column's header says of its scale, else SCALE_UNSAID. */
enum score_scale score_scale_of_header(Str header);

/* What was seen in a column; zero-initialise. */
struct score_column {
	int64_t by_score[11];
	int64_t by_end[11]; /* cells "x/5" by their 5 */
	int64_t good, blank, refused;
	int64_t bare; /* of the good, those without words before the number */
};

void score_column_add(struct score_column *column, Str cell);

/* SCALE_0_10 when the column can be read as 0-10; else *why is the sentence that says what it looks like. */
enum score_scale score_column_scale(const struct score_column *column, Str header, struct err *why);

#endif
