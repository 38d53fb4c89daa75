/* text/transcript.h - a call or chat as turns of its speakers, of which the customer's alone are a comment.
 *
 * Turns begin with a label at the beginning of a line: "Agent:", "[10:03] Customer:", "12.03.24, 10:03 - Anna:", "Anna (Support):",
 * "**Kunde:**", "<v Customer>" of WebVTT; or in the midst of one, where a label names a role. Roles are known in the languages
 * of text/tongue.h that have word lists. A speaker known by name alone is the customer where only the others have a role, and
 * one of the others where only the customer has; where nobody has a role, nobody knows who is who.
 *
 * What the others said, labels and times become spaces, with a line's end between turns: so spans in what is left are bytes of the
 * whole text. Any bytes may come; cost is linear in the length.
 *
 * Detecting is made to be right rather than to find all: both sides with a role, three turns or more, back and forth.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_TRANSCRIPT_H
#define TEXT_TRANSCRIPT_H

#include "base/arena.h"
#include "base/str.h"

enum transcript_wish {
	TRANSCRIPT_NO,     /* it is a comment */
	TRANSCRIPT_DETECT, /* where it plainly is one */
	TRANSCRIPT_YES,    /* somebody says so: a single label with a role is enough */
};

#define TRANSCRIPT_SAID_MAX 4096

struct transcript {
	bool is;
	size_t turns, customer_turns;
	Str text; /* the customer's turns in their places, as long as the whole; the whole where it is none */
	Str said; /* their beginning without what is between them, at most TRANSCRIPT_SAID_MAX bytes: to tell the language by */
};

/* In the arena, or views into the text. */
void transcript_read(struct arena *a, Str text, enum transcript_wish wish, struct transcript *out);

#endif
