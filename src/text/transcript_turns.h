/* text/transcript_turns.h - where in a text somebody begins to speak, and which side the label tells; of text/transcript alone.
 *
 * A label that names a role has a side, any other is a name; lines that belong to nobody (a time, the number of a cue) are
 * turns of no side. Nothing is decided yet: a name may be no speaker.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_TRANSCRIPT_TURNS_H
#define TEXT_TRANSCRIPT_TURNS_H

#include "base/arena.h"
#include "base/str.h"

#define TRANSCRIPT_NAMES_MAX 16 /* so many names are told apart */

enum side { SIDE_NONE, SIDE_AGENT, SIDE_CUSTOMER, SIDE_NAMED };

struct turn {
	size_t label, from; /* where its label begins, and its words */
	enum side side;
	bool at_line;
	Str name; /* as it was written */
};

struct turns {
	Str text;
	const Str *customer; /* folded labels, where somebody said them */
	size_t customer_count;
	bool
	    doubted; /* nobody says that it is a transcript: "Guest rooms:" may be what a review is about */
	struct turn *at;
	size_t count, room;
	struct arena *arena;
};

/* Given the text, the customer's labels and the arena; puts in the turns, in their order. */
void transcript_turns_find(struct turns *t);
bool transcript_label_is_in(Str folded, const Str *all, size_t count);

#endif
