/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/comments_said.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"

static void make_room(struct comments_said *c, size_t mentions)
{
	if (c->count == c->room) {
		c->room = c->room ? c->room * 2 : 1024;
		c->at = mem_resize(c->at, c->room * sizeof(*c->at));
	}
	if (c->mention_count + mentions > c->mention_room) {
		c->mention_room = 2 * (c->mention_count + mentions) + 1024;
		c->mentions = mem_resize(c->mentions, c->mention_room * sizeof(*c->mentions));
	}
}

static bool take(void *context, const struct fact *fact, const struct fact_mention *mentions,
                 size_t count, struct err *err)
{
	struct comments_said *c = context;
	(void)err;
	make_room(c, count);
	MUST(c->mention_count + count <= UINT32_MAX && fact->values[0] <= UINT16_MAX);
	for (size_t i = 0; i < count; i++)
		c->mentions[c->mention_count++] = mentions[i];
	c->at[c->count++] = (struct comment_said){
		.at = fact->at,
		.cluster = fact->cluster,
		.person = fact->person,
		.mentions_end = (uint32_t)c->mention_count,
		.value = (uint16_t)fact->values[0],
		.score = (int8_t)fact->score,
	};
	c->clusters = fact->cluster > c->clusters ? fact->cluster : c->clusters;
	c->persons = fact->person > c->persons ? fact->person : c->persons;
	c->by_account |= fact->cluster != fact->person;
	return true;
}

bool comments_said_read(const struct facts *facts, struct arena *a, const struct cell_question *q,
                        const struct cells *cells, const struct workspace_theme *themes,
                        size_t theme_count, struct comments_said *out, struct err *err)
{
	Str *codes = ARENA_ARRAY(a, Str, theme_count + 1);
	for (size_t i = 0; i < theme_count; i++)
		codes[i] = themes[i].code;
	*out = (struct comments_said){ 0 };
	if (cells_visit_mentions(facts, a, q, cells, codes, theme_count, take, out, err))
		return true;
	comments_said_free(out);
	return false;
}

void comments_said_free(struct comments_said *c)
{
	free(c->at);
	free(c->mentions);
	*c = (struct comments_said){ 0 };
}
