/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Reads small tables: cells apart by '|', rows by '\n'. */
static struct import_columns scan(struct arena *a, const char *table)
{
	struct import_columns columns = { 0 };
	struct err err;
	Str rest = str_of(table), line;
	for (bool first = true; str_cut(&rest, '\n', &line); first = false) {
		Str cells[16], cell;
		size_t count = 0;
		while (str_cut(&line, '|', &cell))
			cells[count++] = cell;
		size_t header = import_row_is_header(cells, count);
		if (first && !import_columns_init(a, cells, count, header, &columns, &err))
			fail_msg("%s", err.msg);
		if (!first || !columns.header_rows)
			import_columns_add(a, &columns,
			                   &(struct csv_row){ .cells = cells, .count = count });
	}
	return columns;
}

/* "score=1 comment=2": fields and the columns they were found in, from 1. */
static void expect(const char *table, const char *map, const char *expected)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct import_columns columns = scan(&a, table);
	char found[400] = "";
	if (!import_columns_map(&columns, str_of(map), &err))
		snprintf(found, sizeof(found), "%s", err.msg);
	else if (!import_columns_guess(&a, &columns))
		snprintf(found, sizeof(found), "no column of scores");
	else
		for (int f = 0; f < FIELD_COUNT; f++)
			if (columns.of[f] != IMPORT_NO_COLUMN)
				snprintf(found + strlen(found), sizeof(found) - strlen(found),
				         "%s%s=%zu", found[0] ? " " : "",
				         import_field_name((enum import_field)f),
				         columns.of[f] + 1);
	if (strncmp(found, expected, strlen(expected)) != 0)
		fail_msg("%s\ngave: %s\nnot:  %s", table, found, expected);
	arena_free(&a);
}

static void finds_the_columns_by_their_headers_in_many_languages(void **state)
{
	(void)state;
	expect("score|comment|email\n9|fine|a@b.de", "", "score=1 comment=2 email=3");
	expect("E-Mail-Adresse|Bewertung|Kommentar|Datum\na@b.de|9|gut|01.02.2026", "",
	       "score=2 comment=3 email=1 date=4");
	expect("Nota|Comentário|Nome|Telefone\n9|bom|Ana|+55 11 9", "",
	       "score=1 comment=2 name=3 phone=4");
	expect("Note|Commentaire|Courriel\n9|bien|a@b.fr", "", "score=1 comment=2 email=3");
	expect("nps|note\n9|all good", "", "score=1 comment=2");
	expect("Puntuación|¿Por qué?|Fecha\n9|bien|2026-01-01", "", "score=1 comment=2 date=3");
	expect("スコア|コメント|日付\n9|良い|2026/01/01", "", "score=1 comment=2 date=3");
	expect(
	    "How likely are you to recommend us?|What is the primary reason for your score?\n9|x",
	    "", "score=1 comment=2");
	expect("SCORE|Response Date|plan\n9|2026-01-01|pro", "", "score=1 date=2");
	expect("score|text\n9|fine", "", "score=1 comment=2");
	expect("score|Created At (UTC)\n9|2026-01-01 10:00:00", "", "score=1 date=2");
	expect("score|Timestamp (GMT)|Updated at (UTC)\n9|2026-01-01|2026-01-02", "",
	       "score=1 date=2");
	expect("score|UTC\n9|2026-01-01", "", "score=1");
}

static void believes_the_cells_more_than_a_doubtful_header(void **state)
{
	(void)state;
	/* a date that is none stays a property, as does a "value" in words */
	expect("score|date\n9|soon", "", "score=1");
	expect("value|answer\nhigh|9\nlow|8", "", "score=2");
	expect("id|Q7\nabc|9\ndef|10", "", "score=2");
}

static void asks_when_no_column_is_surely_the_score(void **state)
{
	(void)state;
	expect("a|b\n9|8\n7|6", "", "no column of scores");
	expect("a|b\nx|y", "", "no column of scores");
}

static void takes_names_with_a_number_for_no_scores(void **state)
{
	(void)state;
	expect("x|Tag - 1|where\nNot at all likely - 0|new|Shop - 7\n8|old|Shop - 9", "",
	       "score=1");
	expect("x|where\nfine|Shop - 7\ngood|Shop - 9", "", "no column of scores");
}

static void does_as_the_map_says(void **state)
{
	(void)state;
	expect("a|b\n9|8\n7|6", "score=b", "score=2");
	expect("a|b\n9|8\n7|6", "score=1,comment=B", "score=1 comment=2");
	expect("score|How, and why?\n9|x", "score=score,comment=How, and why?",
	       "score=1 comment=2");
	expect("a|b\n9|8", "score=c", "The file has no column \"c\". It has: a, b");
	expect("a|b\n9|8", "scores=a", "--map knows score, comment");
	expect("a|b\n9|8", "score=a,comment=a", "--map names the column \"a\" twice");
	expect("a|b\n9|8", "score", "--map is FIELD=COLUMN");
}

static void reads_files_without_a_header(void **state)
{
	(void)state;
	expect("10\n8\n3", "", "score=1");
	expect("9|fine|a@b.de|2026-01-01\n10|better|c@d.de|2026-01-02", "",
	       "score=1 comment=2 email=3 date=4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_columns_by_their_headers_in_many_languages),
		cmocka_unit_test(believes_the_cells_more_than_a_doubtful_header),
		cmocka_unit_test(asks_when_no_column_is_surely_the_score),
		cmocka_unit_test(takes_names_with_a_number_for_no_scores),
		cmocka_unit_test(does_as_the_map_says),
		cmocka_unit_test(reads_files_without_a_header),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
