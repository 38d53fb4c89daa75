/* feedback/cube_tags.h - which answers have which tag, and which comments speak of which theme: by tag, the row numbers in order.
 * A tag that a view shows is copied before it changes.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_TAGS_H
#define FEEDBACK_CUBE_TAGS_H

#include "feedback/cube_state.h"

void cube_tags_free(struct cube *cube);
struct cube_tag *cube_tag_hold(struct cube_tag *tag);
void cube_tag_drop(struct cube_tag *tag); /* NULL is fine */

/* One more tag, with so many rows that the caller fills, ascending. */
uint32_t *cube_tags_append(struct cube_memory *memory, struct cube_tags *tags, int64_t id,
                           Str folded, uint32_t rows) __attribute__((returns_nonnull));

/* Names of all tags that there are: others are dropped. */
struct cube_tag_name {
	int64_t id;
	Str folded;
};
void cube_tags_name(struct cube *cube, const struct cube_tag_name *names, size_t count);
/* The row has one more, or exactly these; its mark is set or taken. A tag without a name gets one by cube_tags_name. */
void cube_tags_give(struct cube *cube, uint32_t row, int64_t tag);
void cube_tags_put(struct cube *cube, uint32_t row, const int64_t *tags, size_t count);

/* A theme in a comment, with bits 1 << enum theme_saying. */
struct cube_mention {
	int64_t theme;
	unsigned sayings;
};
/* As with tags, by a theme's code. */
void cube_themes_name(struct cube *cube, const struct cube_tag_name *names, size_t count);
/* While a cube is loaded: the row's understanding, and one mention more. */
void cube_understood_set(struct cube *cube, uint32_t row, enum understood understood);
void cube_themes_give(struct cube *cube, uint32_t row, const struct cube_mention *mention);
/* The row has exactly these; where it has no reading, none. */
void cube_understood_put(struct cube *cube, uint32_t row, enum understood understood,
                         const struct cube_mention *mentions, size_t count);

#endif
