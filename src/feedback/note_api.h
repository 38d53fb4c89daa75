/* feedback/note_api.h - notes and mentions over HTTP.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_NOTE_API_H
#define FEEDBACK_NOTE_API_H

#include "feedback/note.h"

struct json_writer;

/* The members of a dict that the caller has opened. */
void note_put(struct json_writer *w, const struct note *note);

extern const struct route note_routes[];
extern const size_t note_route_count;

#endif
