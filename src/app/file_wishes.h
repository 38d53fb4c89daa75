/* app/file_wishes.h - what import and report ask about a file in the same words.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_FILE_WISHES_H
#define APP_FILE_WISHES_H

#include "app/command.h"
#include "feedback/import_plan.h"

#define FILE_WISHES_OPTIONS                                                                  \
	{ "map", "FIELD=COLUMN,...",                                                         \
	  "Which column is what, by header or number: score=Q1,comment=Q2." },               \
	    { "preset", "auto|none|NAME",                                                    \
	      "Whose export it is, when the header does not tell: delighted, surveymonkey, " \
	      "typeform, "                                                                   \
	      "qualtrics, google_forms." },                                                  \
	    { "scale", "0-10|1-10|1-5",                                                      \
	      "What the scores are, when the file does not make it sure." },                 \
	{                                                                                    \
		"date-order", "dmy|mdy|...",                                                 \
		    "How to read 03/04/2026; heed says when it has to ask."                  \
	}

/* --map, --scale and --date-order of a command that has them. */
MUST_USE bool file_wishes_read(const struct call *call, struct import_wishes *out, struct err *err);

/* --customer: labels as text/transcript.h has them. */
MUST_USE bool customer_option(const struct call *call, Str *out, struct err *err);

/* The part of a path behind the last '/'. */
Str file_name_of(const char *path);
/* Is the stream a terminal that takes colours and moving lines? */
bool terminal_is_lively(int fd);
/* Text of a file on a terminal: control characters become spaces. In the arena. */
Str terminal_safe(struct arena *a, Str text);

#endif
