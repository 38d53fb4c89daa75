/* feedback/cube_people.h - what is known today of the persons who answered: traits, and since when they are known.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_PEOPLE_H
#define FEEDBACK_CUBE_PEOPLE_H

#include "feedback/cube_read.h"

/* All of them, for the answers that the cube has. */
MUST_USE bool cube_people_load(struct cube_reader *reader, struct err *err);
/* Those that were touched. */
MUST_USE bool cube_people_refresh(struct cube_reader *reader, struct err *err);

#endif
