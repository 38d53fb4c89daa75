/* survey/sheet.h - codes to cut out: a page of HTML for the printer, each code with its title under it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_SHEET_H
#define SURVEY_SHEET_H

#include "base/buf.h"
#include "base/qr.h"

#define SHEET_CODES_MAX 200
#define SHEET_TITLE_MAX 120
#define SHEET_BYTES_MAX ((size_t)6 << 20)

/* name in requests, name in CSS, size within margins of 10 mm, a little less than there is */
#define SHEET_PAPERS(X)                   \
	X(SHEET_A4, "a4", "A4", 190, 276) \
	X(SHEET_LETTER, "letter", "letter", 195, 258)

#define SHEET_ENUM(paper, ...) paper,
enum sheet_paper { SHEET_PAPERS(SHEET_ENUM) };
#undef SHEET_ENUM

struct sheet_code {
	Str title, link;
};

struct sheet {
	enum sheet_paper paper;
	int per_page;
	enum qr_level level;
	Str headline; /* over each code; at NULL: none */
	Str title;    /* of the document */
	Str language;
	bool rtl;
	Str style_nonce;
	const struct sheet_code *codes;
	size_t count;
};

bool sheet_paper_find(Str name, enum sheet_paper *out);
/* 1, 2, 4, 6, 9, 12, 20 or 30 */
bool sheet_per_page_is(int64_t n);
/* ERR_TOO_LARGE past SHEET_BYTES_MAX. The HTML lives in the arena. */
MUST_USE bool sheet_write(struct arena *a, const struct sheet *sheet, Str *html, struct err *err);

#endif
