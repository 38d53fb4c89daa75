/* feedback/cube_read_themes.h - reads what was understood of comments into a cube: sentiment, themes.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_READ_THEMES_H
#define FEEDBACK_CUBE_READ_THEMES_H

#include "feedback/cube_read.h"

/* Also all mentions, where themes were joined or parted since. */
MUST_USE bool cube_read_theme_names(struct cube_reader *reader, struct err *err);
/* Of all answers, which are rows without a reading yet. */
MUST_USE bool cube_read_understood(struct cube_reader *reader, struct err *err);
/* Of at most CUBE_SOME answers, as the tables have it now. */
MUST_USE bool cube_read_understood_of(struct cube_reader *reader, const int64_t *ids, size_t count,
                                      struct err *err);

#endif
