/* Which language each line of the input is in.
 *
 *	language_fixture labels MODEL             the model's best label and its probability
 *	language_fixture LANGUAGES EXPECTED [MODEL]  ours, among "en,de", where EXPECTED may be "-"
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/language_id.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "tests/text/file_text.h"

static const struct fasttext *read_model(struct arena *a, const char *path)
{
	const struct fasttext *m;
	struct err err;
	if (fasttext_read(a, file_text(a, path), &m, &err))
		return m;
	fprintf(stderr, "%s\n", err.msg);
	exit(1);
}

static void say_label(const struct fasttext *m, Str line)
{
	float p[FASTTEXT_LABELS_MAX];
	size_t best = 0;
	bool known = fasttext_ask(m, line, p);
	for (size_t i = 1; known && i < fasttext_label_count(m); i++)
		best = p[i] > p[best] ? i : best;
	if (known)
		printf("%.*s %.6f\n", STR_FMT(fasttext_label(m, best)), (double)p[best]);
	else
		printf("-\n");
}

static void say_language(const struct language_id *l, struct language_wish wish, Str line)
{
	struct language_guess g = language_find(l, line, wish);
	printf("%.*s %.4f\n", STR_FMT(g.tongue ? tongue_code(g.tongue) : STR("-")),
	       (double)g.certainty);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct language_wish wish = { 0 };
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	MUST(argc == 3 || argc == 4);
	bool labels = str_eq(str_of(argv[1]), STR("labels"));
	const char *path = labels ? argv[2] : argv[3];
	const struct fasttext *m = path ? read_model(&a, path) : NULL;
	const struct language_id *l = language_id_make(&a, m);
	Str rest = str_of(argv[1]), one;
	while (!labels && str_cut(&rest, ',', &one))
		wish.among |= TONGUE_BIT(tongue_of_tag(one));
	wish.expected = tongue_of_tag(str_of(argv[2]));
	while ((len = getline(&line, &room, stdin)) > 0)
		if (labels)
			say_label(m, (Str){ line, (size_t)len });
		else
			say_language(l, wish, (Str){ line, (size_t)len });
	free(line);
	arena_free(&a);
	return 0;
}
