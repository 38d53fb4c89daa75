/* feedback/cube_values.h - properties or traits, as the database has them, in a cube's numbers.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_VALUES_H
#define FEEDBACK_CUBE_VALUES_H

#include "base/arena.h"
#include "base/err.h"
#include "feedback/cube_state.h"

/* Numbers of one canonical text of properties; grows with the names. Zero-initialise. */
struct cube_values {
	uint32_t *codes;
	size_t count, cap;
};
void cube_values_free(struct cube_values *values);
/* Every name of `names` has its number in `out`, 0 where the text has none. `scratch` is emptied. */
MUST_USE bool cube_values_read(struct cube_values *out, struct cube_names_list *names,
                               struct cube_memory *memory, Str canonical, struct arena *scratch,
                               struct err *err);

#endif
