/* feedback/cube_dict.h - the texts of one column, numbered in the order in which they came. Texts never move and never go.
 *
 * One thread adds; others may read the texts of the numbers that their view knows, and look for them, at the same time.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_DICT_H
#define FEEDBACK_CUBE_DICT_H

#include "feedback/cube_column.h"
#include "feedback/cube_view.h"

struct cube_dict *cube_dict_new(struct cube_memory *memory);
void cube_dict_free(struct cube_dict *dict); /* NULL is fine */
/* The writer's: the text's number, a new one when it is new. "" has one like others; at NULL: 0. */
uint32_t cube_dict_add(struct cube_dict *dict, Str text);
/* The next number is the text's, which has none yet; at NULL: nobody's. Only while the dictionary is filled. */
void cube_dict_append(struct cube_dict *dict, Str text);
/* Numbers in use, with 0. */
uint32_t cube_dict_count(const struct cube_dict *dict);

#endif
