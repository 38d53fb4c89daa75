/* base/csv.h - tables as text: RFC 4180 as it is met in the wild, read in pieces, and written.
 *
 * Reading takes two passes over the bytes, neither of which holds the file. The first (csv_sniff_*) sees all of it and
 * decides the dialect: the delimiter from the first 64 KiB, the encoding from every byte, for an umlaut may first come
 * after 200 MB. UTF-16 is known by its BOM. UTF-8 it is with a BOM, without any invalid sequence, or when more characters
 * are valid than not (then damaged rows are refused one by one, or mended where that is wished); otherwise it is
 * Windows-1252, which includes ISO 8859-1. The second (csv_read_*) gives rows, with memory bounded by CSV_ROW_MAX, within
 * quotes by CSV_SKIP_MAX, and what is fed at once.
 *
 * Line ends are LF, CR LF or CR; lines without a character are skipped. A quote is special only where a cell begins;
 * inside, a doubled quote is one and line ends belong to the cell. A row that passes a cap is refused as a whole, with the lines
 * within its quotes. What is no row (a quote that is not closed, up to CSV_SKIP_MAX, or text behind a closing quote) costs its
 * first line alone: reading goes on with the line after it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/utf16.h"

#define CSV_ROW_MAX  ((size_t)1 << 20)
#define CSV_CELL_MAX ((size_t)256 << 10)
/* How far a closing quote is looked for. */
#define CSV_SKIP_MAX    ((size_t)16 << 20)
#define CSV_COLUMNS_MAX 1000

enum csv_encoding { CSV_UTF8, CSV_WINDOWS_1252, CSV_UTF16_LE, CSV_UTF16_BE };

struct csv_dialect {
	char delimiter; /* ',', ';', tab, or 0 when there is one column */
	enum csv_encoding encoding;
	size_t
	    skip; /* bytes at the start that are no data: BOM, Excel's "sep=;" line; of UTF-16 as UTF-8 */
};

struct csv_sniffer {
	struct buf head;
	size_t bytes, valid, invalid; /* characters beyond ASCII, and bytes that begin none */
	char carry[4];                /* a character cut by the end of a piece */
	size_t carry_len;
	char start[2]; /* of the file: is it UTF-16? */
	size_t start_len;
	bool is_utf16;
	struct utf16_reader utf16;
};

void csv_sniff_start(struct csv_sniffer *s);
void csv_sniff_feed(struct csv_sniffer *s, Str bytes);
/* ERR_INVALID says what the file is instead (a workbook, a picture, binary). Gives the sniffer's memory back. */
MUST_USE bool csv_sniff_end(struct csv_sniffer *s, struct csv_dialect *out, struct err *err);

/* Do the first bytes of a file, the more the better, look like a table? ERR_INVALID says what they are, and what to do. */
MUST_USE bool csv_head_check(Str head, struct err *err);

struct csv_row {
	size_t line; /* where it begins, the first is 1 */
	const Str *cells;
	size_t count;
	Str raw; /* its bytes as they stand in the file, UTF-16 as UTF-8, without line end; CSV_ROW_MAX at most */
	bool mended; /* bytes that were no text are U+FFFD */
};

enum csv_result {
	CSV_ROW,
	CSV_BAD_ROW, /* *err says why, with the line; row has line and raw, no cells; go on */
	CSV_MORE,    /* feed, or say that there is no more */
	CSV_END
};

struct csv_reader {
	struct csv_dialect dialect;
	struct buf input;
	size_t at;   /* where the next row begins in input */
	size_t line; /* its number */
	size_t skip; /* bytes still to be stepped over */
	bool after_cr, overlong, ended;
	bool mends; /* set it where a damaged text is better than none */
	struct utf16_reader utf16;
	struct arena row; /* what had to be decoded */
	Str *cells;
};

void csv_read_start(struct csv_reader *r, const struct csv_dialect *dialect);
void csv_read_free(struct csv_reader *r);
/* Takes a copy. At any time, and best in pieces of 64 KiB to 1 MiB. */
void csv_read_feed(struct csv_reader *r, Str bytes);
void csv_read_end(struct csv_reader *r); /* no more bytes will come */
/* The row is valid until the next call of csv_read_*. Cells are valid UTF-8 without NUL. */
enum csv_result csv_read_next(struct csv_reader *r, struct csv_row *row, struct err *err);

/* Spreadsheets run cells that begin with = + - @ (or their full-width forms), tab or a line end as formulas; a quote in front stops
 * them (OWASP, "CSV injection"). The writer puts it before such cells when asked to, and always before cells that have quotes and
 * then such a character, so that csv_unquoted is the exact inverse for every file that Heed wrote. */
Str csv_unquoted(Str cell);

struct csv_writer {
	struct buf *out;
	char delimiter;
	bool for_spreadsheet;
	size_t cells; /* in this row so far */
	bool blank;   /* nothing is written of it */
};

/* For a spreadsheet the file begins with a BOM, without which Excel takes UTF-8 for something else. */
void csv_put_start(struct csv_writer *w, struct buf *out, char delimiter, bool for_spreadsheet);
void csv_put_text(struct csv_writer *w, Str text); /* absent is empty */
void csv_put_i64(struct csv_writer *w, int64_t value);
void csv_put_row_end(struct csv_writer *w); /* LF */

#endif
