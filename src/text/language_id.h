/* text/language_id.h - which of the languages that a workspace reads a comment is in.
 *
 * Scripts decide what they can; then a fastText model (lid.176, see text/fasttext.h) is asked about the beginning of the text,
 * its answer is restricted to the languages that are meant, and common words count beside it, for comments are short. Without a
 * model script and common words alone decide. A text that is plainly in a language that is not meant is of TONGUE_OTHER:
 * nothing is then said about it, which is better than something wrong.
 *
 * Immutable, may be shared by threads. Asking allocates nothing, and looks at LANGUAGE_BYTES_MAX bytes at most.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_LANGUAGE_ID_H
#define TEXT_LANGUAGE_ID_H

#include "base/arena.h"
#include "text/fasttext.h"
#include "text/tongue.h"

#define LANGUAGE_BYTES_MAX 512

struct language_id;

/* In the arena, as the model must be; NULL: without one. */
const struct language_id *language_id_make(struct arena *a, const struct fasttext *model);

#define TONGUE_BIT(tongue) (1u << (tongue))
#define TONGUES_ALL        ((1u << TONGUE_COUNT) - 2)

struct language_wish {
	unsigned among; /* TONGUE_BITs of the languages that are meant; 0: all of ours */
	enum tongue
	    expected; /* what speaks for nothing else is taken for that; TONGUE_OTHER: unknown */
	bool is_told; /* somebody said that it is in `expected`: taken as it is */
};
struct language_guess {
	enum tongue tongue;
	float
	    certainty; /* 0..1: its share among the languages that are meant, or that it is in none of them */
};

/* Any bytes may come. */
struct language_guess language_find(const struct language_id *l, Str text,
                                    struct language_wish wish);

#endif
