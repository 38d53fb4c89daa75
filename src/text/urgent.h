/* text/urgent.h - what in a comment somebody should look at today: danger, law, discrimination, data, press, self-harm.
 *
 * Found by phrases in seven languages (text/urgent.txt), with phrases that only sound so excused ("killer feature"). Made to
 * miss little rather than to be always right: each find shows its words, and a person decides. It says nothing of languages
 * without phrases (urgent_reads).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_URGENT_H
#define TEXT_URGENT_H

#include "text/pattern.h"

/* Kind, stable name. The numbers are bits of `kinds`. Stored: never renumber. */
#define URGENT_KINDS(X)                                           \
	X(URGENT_SAFETY, "safety") /* or health */                \
	X(URGENT_LEGAL, "legal")                                  \
	X(URGENT_ABUSE, "abuse") /* discrimination, harassment */ \
	X(URGENT_DATA, "data-leak")                               \
	X(URGENT_PRESS, "press")                                  \
	X(URGENT_SELF_HARM, "self-harm")

#define URGENT_ENUM(kind, name) kind,
enum urgent_kind { URGENT_KINDS(URGENT_ENUM) URGENT_KIND_COUNT };
#undef URGENT_ENUM

Str urgent_name(enum urgent_kind kind);
bool urgent_reads(enum tongue t);

struct urgent_find {
	enum urgent_kind kind;
	uint32_t from, len; /* bytes of the text */
};
struct urgent {
	unsigned kinds; /* a bit a kind */
	struct urgent_find *finds;
	size_t count;
};

const struct patterns *urgent_make(struct arena *a);
/* `phrases` is what urgent_make gave. */
void urgent_find(const struct patterns *phrases, struct arena *a, const struct plain_words *w,
                 struct urgent *out);

#endif
