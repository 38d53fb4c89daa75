/* tests/feedback/scene.h - a workspace full of answers that a seed chooses, and the same answers as an array.
 *
 * Three surveys in three parts, people with traits and accounts, some merged, answers of every state over two years, some
 * in the same second, with channels, languages, properties, tags and stars, some without anything.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_FEEDBACK_SCENE_H
#define TESTS_FEEDBACK_SCENE_H

#include "ground.h"

#define SCENE_TAGS     3
#define SCENE_SURVEYS  3
#define SCENE_PEOPLE   24
#define SCENE_ACCOUNTS 4

struct scene_answer {
	struct response r;
	int64_t person; /* the one that it was merged into */
	int survey;     /* of `surveys` */
	bool tags[SCENE_TAGS];
};

struct scene {
	struct ground g;
	uint64_t random; /* state: also the test's to draw from */
	struct survey surveys[SCENE_SURVEYS];
	int64_t people[SCENE_PEOPLE], canonical[SCENE_PEOPLE], accounts[SCENE_ACCOUNTS];
	struct scene_answer *answers; /* in the order of their ids */
	size_t count, room;
};

extern const char *const scene_slugs[SCENE_SURVEYS];
extern const char *const scene_tags[SCENE_TAGS];

void scene_make(struct scene *s, enum db_engine engine, uint64_t seed, size_t answers);
void scene_add(struct scene *s, size_t answers);
void scene_remove(struct scene *s);

uint64_t scene_random(struct scene *s);
size_t scene_below(struct scene *s, size_t count); /* one of 0 .. count - 1 */

#endif
