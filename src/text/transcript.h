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
 * Detecting is made to be right rather than to find all: both sides with a role, three turns or more, back and forth; and a customer's
 * role ends its label ("Guest 2", not "Guest rooms"), for reviews have headings. Where somebody says that it is one, a single label is
 * enough. With labels of the customer said, those are the customer's and no other, whatever
 * they mean otherwise; a name that comes once is a speaker only where the other side would be missing. Where nobody is known as the
 * customer, nothing is left.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_TRANSCRIPT_H
#define TEXT_TRANSCRIPT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum transcript_wish {
	TRANSCRIPT_DETECT, /* nobody says: where it plainly is one */
	TRANSCRIPT_NO,     /* it is a comment */
	TRANSCRIPT_YES,
};

/* What somebody says of a text. */
struct transcript_told {
	enum transcript_wish wish;
	Str customer; /* with YES: the labels of the customer, as transcript_labels_read writes them; empty: by what they mean */
};

#define TRANSCRIPT_SAID_MAX   4096
#define TRANSCRIPT_LABEL_MAX  48 /* bytes */
#define TRANSCRIPT_LABELS_MAX 16

/* Bytes of the whole text. */
struct transcript_turn {
	size_t label, label_len;
	size_t from, len; /* what was said, without blanks around it */
	bool customer;
};

struct transcript {
	bool is;
	size_t turns, customer_turns;
	const struct transcript_turn *turn; /* [turns] */
	Str text; /* the customer's turns in their places, as long as the whole; the whole where it is none */
	Str said; /* their beginning without what is between them, at most TRANSCRIPT_SAID_MAX bytes: to tell the language by */
};

/* In the arena, or views into the text. */
void transcript_read(struct arena *a, Str text, const struct transcript_told *told,
                     struct transcript *out);
/* The customer's turns in their places, for who wants nothing else. */
Str transcript_said(struct arena *a, Str text, const struct transcript_told *told);

/* Labels as somebody types them ("Customer , caller,Client"), parted by ", " and each once. Commas within brackets part nothing.
 * ERR_INVALID, with the path of the caller. */
MUST_USE bool transcript_labels_read(struct arena *a, Str typed, const char *path, Str *out,
                                     struct err *err);

enum transcript_speaker { SPEAKER_UNKNOWN, SPEAKER_CUSTOMER, SPEAKER_OTHER };
struct transcript_label {
	Str label; /* of the text */
	enum transcript_speaker who;
};
/* Everything that lines begin with and that may be a speaker, as it comes. */
void transcript_labels(struct arena *a, Str text, struct transcript_label **out, size_t *count);

#endif
