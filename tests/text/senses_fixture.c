/* What is said of each line of the input: names, and for emotions probabilities.
 *
 *	senses_fixture emotion MODEL < TEXTS            "joy=.91 surprise=.30 mood=delighted"
 *	senses_fixture intent LANGUAGE < TEXTS          "problem churn threat", the main one first
 *	senses_fixture low-effort LANGUAGE < TEXTS      0: it says something
 *	senses_fixture urgent LANGUAGE < TEXTS          kinds
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "tests/text/file_text.h"
#include "text/emotion.h"
#include "text/intent.h"
#include "text/low_effort.h"
#include "text/urgent.h"

struct senses {
	struct linear emotion;
	const struct patterns *intent, *low_effort, *urgent;
};

static void say_emotions(const struct senses *s, struct arena *a, const struct words *w)
{
	struct emotions e;
	emotion_find(&s->emotion, a, w, &e);
	for (enum emotion i = 0; i < EMOTION_COUNT; i++)
		if (e.present >> i & 1)
			printf("%.*s=%.2f ", STR_FMT(emotion_name(i)), (double)e.probability[i]);
	printf("mood=%.*s\n", STR_FMT(mood_name(emotion_mood(&e))));
}

static void say_intents(const struct senses *s, struct arena *a, const struct plain_words *w)
{
	struct intents in;
	intent_find(s->intent, a, w, &in);
	printf("%.*s", STR_FMT(intent_name(in.main)));
	for (enum intent i = 0; i < INTENT_COUNT; i++)
		if (i != in.main && in.present >> i & 1)
			printf("|%.*s", STR_FMT(intent_name(i)));
	printf("\n");
}

static void say_urgent(const struct senses *s, struct arena *a, const struct plain_words *w)
{
	struct urgent u;
	urgent_find(s->urgent, a, w, &u);
	for (enum urgent_kind k = 0; k < URGENT_KIND_COUNT; k++)
		if (u.kinds >> k & 1)
			printf("%.*s ", STR_FMT(urgent_name(k)));
	printf("\n");
}

static void say(const struct senses *s, struct word_reader *r, char what, enum tongue t, Str line)
{
	struct arena a = { 0 };
	struct words w;
	struct plain_words plain;
	words_read(r, &a, line, t, &w);
	plain_words(&a, &w, &plain);
	if (what == 'e')
		say_emotions(s, &a, &w);
	else if (what == 'i')
		say_intents(s, &a, &plain);
	else if (what == 'u')
		say_urgent(s, &a, &plain);
	else
		printf("%d\n", (int)low_effort_of(s->low_effort, &a, &plain, QUESTION_OPEN));
	arena_free(&a);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct senses s = { .intent = NULL };
	struct err err;
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	MUST(argc == 3);
	char what = argv[1][0];
	enum tongue t = what == 'e' ? TONGUE_EN : tongue_of_tag(str_of(argv[2]));
	if (what == 'e')
		MUST(emotion_model_read(&a, file_text(&a, argv[2]), &s.emotion, &err));
	s.intent = intent_make(&a);
	s.low_effort = low_effort_make(&a);
	s.urgent = urgent_make(&a);
	struct word_reader *r = word_reader_open();
	while ((len = getline(&line, &room, stdin)) > 0)
		say(&s, r, what, t, str_trim((Str){ line, (size_t)len }));
	word_reader_close(r);
	free(line);
	arena_free(&a);
	return 0;
}
