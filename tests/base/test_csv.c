/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct csv_dialect sniff(Str file, size_t piece)
{
	struct csv_sniffer s;
	struct csv_dialect dialect;
	struct err err = { 0 };
	csv_sniff_start(&s);
	for (size_t at = 0; at < file.len; at += piece)
		csv_sniff_feed(&s, str_slice(file, at, piece));
	if (!csv_sniff_end(&s, &dialect, &err))
		fail_msg("%s", err.msg);
	return dialect;
}

static void show_row(struct buf *out, const struct csv_row *row)
{
	buf_printf(out, "%zu:", row->line);
	for (size_t i = 0; i < row->count; i++)
		buf_printf(out, "[%.*s]", STR_FMT(row->cells[i]));
	buf_add_char(out, '\n');
}

/* "1:[a][b]\n2:[c]\n", with "3!reason\n" for bad rows. */
static void show(Str file, const struct csv_dialect *dialect, size_t piece, struct buf *out)
{
	struct csv_reader r;
	struct csv_row row;
	struct err err = { 0 };
	size_t at = 0;
	csv_read_start(&r, dialect);
	for (;;) {
		switch (csv_read_next(&r, &row, &err)) {
		case CSV_ROW:
			show_row(out, &row);
			break;
		case CSV_BAD_ROW:
			buf_printf(out, "%zu!%.*s<%.*s>\n", row.line, STR_FMT(row.raw),
			           STR_FMT(str_from(str_of(err.msg), strlen("line N: "))));
			break;
		case CSV_MORE:
			if (at == file.len)
				csv_read_end(&r);
			/* A block of its own, for the sanitizer. */
			Str bytes = str_slice(file, at, piece);
			char *copy = malloc(bytes.len + 1);
			memcpy(copy, bytes.at, bytes.len);
			csv_read_feed(&r, (Str){ copy, bytes.len });
			free(copy);
			at += bytes.len;
			break;
		case CSV_END:
			csv_read_free(&r);
			return;
		}
	}
}

static void assert_rows(const char *file, size_t len, const char *wanted)
{
	static const size_t pieces[] = { 1, 2, 3, 7, 100000 };
	Str text = { file, len };
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct buf out;
		buf_init(&out, 1 << 20);
		struct csv_dialect dialect = sniff(text, pieces[i]);
		show(text, &dialect, pieces[i], &out);
		buf_add_char(&out, '\0');
		if (strcmp(out.at, wanted) != 0)
			fail_msg("in pieces of %zu: %s\ngave\n%s\nnot\n%s", pieces[i], file, out.at,
			         wanted);
		buf_free(&out);
	}
}

#define ROWS(file, wanted) assert_rows((file), sizeof(file) - 1, (wanted))

static void reads_rows_with_any_line_end(void **state)
{
	(void)state;
	ROWS("", "");
	ROWS("\n\r\n\r", "");
	ROWS("a,b\n1,2\n", "1:[a][b]\n2:[1][2]\n");
	ROWS("a,b\r\n1,2\r\n", "1:[a][b]\n2:[1][2]\n");
	ROWS("a,b\r1,2\r3,4", "1:[a][b]\n2:[1][2]\n3:[3][4]\n");
	ROWS("a,b\n1,2", "1:[a][b]\n2:[1][2]\n");
	ROWS("a,b\n\n\r\n1,2\n\n", "1:[a][b]\n4:[1][2]\n");
	ROWS("a,b\n,\n1,\n", "1:[a][b]\n2:[][]\n3:[1][]\n");
	ROWS("a,b\n1\n1,2,3\n", "1:[a][b]\n2:[1]\n3:[1][2][3]\n");
}

static void reads_quoted_cells(void **state)
{
	(void)state;
	ROWS("a,b\n\"1\",\"2\"\n", "1:[a][b]\n2:[1][2]\n");
	ROWS("a,b\n\"x,\"\"y\"\"\",\"\"\n", "1:[a][b]\n2:[x,\"y\"][]\n");
	ROWS("a,b\n\"two\nlines\",1\r\n\"and\r\nthree\r\rmore\",2\nz,3\n",
	     "1:[a][b]\n2:[two\nlines][1]\n4:[and\r\nthree\r\rmore][2]\n8:[z][3]\n");
	ROWS("a,b\n5\" pipe,it\"s\n x, \"y\" \n",
	     "1:[a][b]\n2:[5\" pipe][it\"s]\n3:[ x][ \"y\" ]\n");
	ROWS("a,b\n\"\"\"\",\"\"\"\"\"\"\n", "1:[a][b]\n2:[\"][\"\"]\n");
	ROWS("\"a\"\n\"\"\n\"b\"", "1:[a]\n2:[]\n3:[b]\n");
}

static void finds_the_delimiter(void **state)
{
	(void)state;
	ROWS("a;b\n1,5;2\n", "1:[a][b]\n2:[1,5][2]\n");
	ROWS("a\tb\n1,5\t2;3\n", "1:[a][b]\n2:[1,5][2;3]\n");
	ROWS("score;comment\n9;good, fast, cheap\n8;a, b\n7;c\n",
	     "1:[score][comment]\n2:[9][good, fast, cheap]\n3:[8][a, b]\n4:[7][c]\n");
	ROWS("\"x;y\",z\n1,2\n", "1:[x;y][z]\n2:[1][2]\n");
	ROWS("\"a\nb;c;d;e\",z\n1,2\n", "1:[a\nb;c;d;e][z]\n3:[1][2]\n");
	ROWS("comment\nGreat, thanks; really\n9\n",
	     "1:[comment]\n2:[Great, thanks; really]\n3:[9]\n");
	ROWS("sep=;\r\na,x;b\n", "2:[a,x][b]\n");
	ROWS("\xEF\xBB\xBFsep=\t\na,x\tb\n", "2:[a,x][b]\n");
}

static void finds_the_encoding(void **state)
{
	(void)state;
	ROWS("\xEF\xBB\xBFscore;größe\n9;ä\n", "1:[score][größe]\n2:[9][ä]\n");
	ROWS("score;größe\n", "1:[score][größe]\n");
	ROWS("score;gr\xF6\xDF"
	     "e\n9;\x80 \x96 \xE4\n",
	     "1:[score][größe]\n2:[9][€ – ä]\n");
	ROWS("a,b\nna\xEFve,caf\xE9", "1:[a][b]\n2:[naïve][café]\n");
	/* one damaged row of UTF-8 costs that row */
	ROWS("a,b\nä,ö\nx\xFF,1\nü,2\n",
	     "1:[a][b]\n2:[ä][ö]\n3!x\xFF,1<this is not valid UTF-8>\n4:[ü][2]\n");
	/* a character cut by the end of the file */
	ROWS("a,b\nä,ö\nü,\xC3", "1:[a][b]\n2:[ä][ö]\n3!ü,\xC3<this is not valid UTF-8>\n");
	ROWS("a,b\n1,\xC3", "1:[a][b]\n2:[1][Ã]\n");
}

static void decides_the_encoding_by_the_last_byte_too(void **state)
{
	(void)state;
	struct buf file;
	buf_init(&file, 4 << 20);
	while (file.len < (2 << 20))
		buf_add(&file, STR("9,plain ascii\n"));
	buf_add(&file, STR("9,sch\xF6n\n"));
	assert_int_equal(sniff(buf_str(&file), 65536).encoding, CSV_WINDOWS_1252);
	file.len -= STR("\xF6n\n").len;
	buf_add(&file, STR("\xC3\xB6n\n"));
	for (size_t piece = 65536; piece < 65540; piece++)
		assert_int_equal(sniff(buf_str(&file), piece).encoding, CSV_UTF8);
	buf_free(&file);
}

static void costs_one_line_for_what_is_no_row(void **state)
{
	(void)state;
	ROWS("a,b\n\"x\"y,1\n2,3\n",
	     "1:[a][b]\n2!\"x\"y,1<there is text behind a closing quote>\n3:[2][3]\n");
	ROWS("a,b\n\"never closed,1\n2,3\n4,5\n",
	     "1:[a][b]\n2!\"never closed,1<a quote is never closed>\n3:[2][3]\n4:[4][5]\n");
	ROWS("a,b\n\"He said \"hi, you\" to me\",5\r\n2,3\r\n",
	     "1:[a][b]\n2!\"He said \"hi, you\" to me\",5<there is text behind a closing "
	     "quote>\n3:[2][3]\n");
	ROWS("a,b\n\"open,1\n2,\"3\"\n4,5\n",
	     "1:[a][b]\n2!\"open,1<there is text behind a closing quote>\n3:[2][3]\n4:[4][5]\n");
}

static void refuses_a_nul_character(void **state)
{
	(void)state;
	struct csv_dialect dialect = { .delimiter = ',' };
	struct csv_reader r;
	struct csv_row row;
	struct err err = { 0 };
	csv_read_start(&r, &dialect);
	csv_read_feed(&r, (Str){ "a\0b,c\nd\n", 8 });
	assert_int_equal(csv_read_next(&r, &row, &err), CSV_BAD_ROW);
	assert_string_equal(err.msg, "line 1: there is a NUL character");
	assert_int_equal(csv_read_next(&r, &row, &err), CSV_ROW);
	csv_read_free(&r);
	dialect.delimiter = '\0';
	csv_read_start(&r, &dialect);
	csv_read_feed(&r, (Str){ "a\0b,c\nd\n", 8 });
	assert_int_equal(csv_read_next(&r, &row, &err), CSV_BAD_ROW);
	csv_read_free(&r);
}

#define UTF16_LE "\xFF\xFE"
#define UTF16_BE "\xFE\xFF"

static void reads_utf16(void **state)
{
	(void)state;
	ROWS(UTF16_LE "a\0,\0b\0\n\0\xE4\0,\0\x3D\xD8\x00\xDE\n\0", "1:[a][b]\n2:[ä][😀]\n");
	ROWS(UTF16_BE "\0a\0,\0b\0\n\0\xE4\0,\xD8\x3D\xDE\x00", "1:[a][b]\n2:[ä][😀]\n");
	ROWS(UTF16_LE "s\0e\0p\0=\0;\0\n\0a\0;\0\xE9\0\n\0", "2:[a][é]\n");
	ROWS(UTF16_LE, "");
	/* half a pair, and half a unit */
	ROWS(UTF16_LE "a\0,\0b\0\n\0\x3D\xD8,\0\x31\0\n\0x\0,\0y\0\n\0",
	     "1:[a][b]\n2!\xFF,1<this is not valid UTF-16>\n3:[x][y]\n");
	ROWS(UTF16_LE "a\0,\0b\0\n\0x\0,\0y", "1:[a][b]\n2!x,\xFF<this is not valid UTF-16>\n");
}

static void mends_where_a_damaged_text_is_better_than_none(void **state)
{
	(void)state;
	struct csv_dialect dialect = { .delimiter = ',' };
	struct csv_reader r;
	struct csv_row row;
	struct err err = { 0 };
	csv_read_start(&r, &dialect);
	r.mends = true;
	Str file = STR("gr\xFC\xC3\xBC\xE2\x82,a\0b\nplain,text\n");
	csv_read_feed(&r, file);
	assert_int_equal(csv_read_next(&r, &row, &err), CSV_ROW);
	assert_true(str_eq(row.cells[0], STR("gr\xEF\xBF\xBD\xC3\xBC\xEF\xBF\xBD\xEF\xBF\xBD")));
	assert_true(str_eq(row.cells[1], STR("a\xEF\xBF\xBD"
	                                     "b")));
	assert_true(row.mended);
	assert_int_equal(csv_read_next(&r, &row, &err), CSV_ROW);
	assert_true(str_eq(row.cells[1], STR("text")));
	assert_false(row.mended);
	csv_read_free(&r);
}

static void lets_a_nul_cost_its_row_alone(void **state)
{
	(void)state;
	Str file = STR("score,comment\n9,one two three four\n8,fi\0ve\n7,eight\n");
	struct csv_dialect dialect = sniff(file, 1000);
	struct buf out;
	buf_init(&out, 4096);
	show(file, &dialect, 1000, &out);
	assert_true(str_find(buf_str(&out), STR("there is a NUL character>\n4:[7][eight]\n")) !=
	            SIZE_MAX);
	buf_free(&out);
}

static void says_what_a_file_is_that_is_no_csv(void **state)
{
	(void)state;
	static const struct {
		Str file;
		const char *says;
	} cases[] = { { { "\xFF\xFE\0\0a\0\0\0", 8 }, "no text" },
		      { { "PK\x03\x04rest", 8 }, "ZIP archive" },
		      { { "PK\x03\x04 xl/workbook.xml", 20 }, "Excel workbook" },
		      { { "a,b\0c\n", 6 }, "no text" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct csv_sniffer s;
		struct csv_dialect dialect;
		struct err err = { 0 };
		csv_sniff_start(&s);
		csv_sniff_feed(&s, cases[i].file);
		assert_false(csv_sniff_end(&s, &dialect, &err));
		assert_int_equal(err.kind, ERR_INVALID);
		assert_non_null(strstr(err.msg, cases[i].says));
	}
}

static void fill(struct buf *b, char c, size_t count)
{
	char *room = buf_room(b, count);
	memset(room, c, count);
	b->len += count;
}

static void assert_refused_then_read(Str file, const char *why)
{
	struct csv_dialect dialect = { .delimiter = ',' };
	struct buf out;
	buf_init(&out, 16 << 20);
	show(file, &dialect, 65536, &out);
	Str shown = buf_str(&out);
	size_t bad = str_find_char(shown, '!', 0);
	assert_true(str_find_char(shown, '!', bad + 1) == SIZE_MAX);
	if (str_find(shown, str_of(why)) == SIZE_MAX || !str_ends(shown, STR(":[next][row]\n")))
		fail_msg("%s: %.*s", why,
		         STR_FMT(str_from(shown, shown.len > 200 ? shown.len - 200 : 0)));
	buf_free(&out);
}

static void keeps_to_its_caps(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 8 << 20);
	fill(&b, 'x', CSV_CELL_MAX);
	buf_add(&b, STR(",y\n"));
	struct csv_dialect dialect = { .delimiter = ',' };
	struct buf out;
	buf_init(&out, 16 << 20);
	show(buf_str(&b), &dialect, 65536, &out);
	assert_int_equal(out.len, CSV_CELL_MAX + strlen("1:[][y]\n"));
	buf_free(&out);

	buf_clear(&b);
	fill(&b, 'x', CSV_CELL_MAX + 1);
	buf_add(&b, STR(",y\nnext,row\n"));
	assert_refused_then_read(buf_str(&b), "a cell is longer than 256 KiB");

	buf_clear(&b);
	fill(&b, 'x', 5 << 20);
	buf_add(&b, STR("\nnext,row\n"));
	assert_refused_then_read(buf_str(&b), "longer than 256 KiB");

	buf_clear(&b);
	for (int i = 0; i < 6; i++) {
		fill(&b, 'x', CSV_CELL_MAX - 1);
		buf_add(&b, STR(","));
	}
	buf_add(&b, STR("\nnext,row\n"));
	assert_refused_then_read(buf_str(&b), "the row is longer than 1 MiB");

	buf_clear(&b);
	fill(&b, ',', CSV_COLUMNS_MAX);
	buf_add(&b, STR("\nnext,row\n"));
	assert_refused_then_read(buf_str(&b), "more than 1000 columns");
	buf_clear(&b);
	fill(&b, ',', CSV_COLUMNS_MAX - 1);
	buf_add(&b, STR("\n"));
	buf_init(&out, 1 << 20);
	show(buf_str(&b), &dialect, 65536, &out);
	assert_true(str_find(buf_str(&out), STR("!")) == SIZE_MAX);
	buf_free(&out);

	buf_clear(&b);
	buf_add(&b, STR("\"open\nlost\n"));
	for (int i = 0; i < 300000; i++)
		buf_add(&b, STR("1,2\n"));
	buf_add(&b, STR("next,row\n"));
	assert_refused_then_read(buf_str(&b), "is a closing quote missing?");

	buf_clear(&b);
	buf_add(&b, STR("\"too large"));
	for (int i = 0; i < 100000; i++)
		buf_add(&b, STR("\n\"\"line\"\", of it"));
	buf_add(&b, STR("\",more\nnext,row\n"));
	assert_refused_then_read(buf_str(&b), "is a closing quote missing?");

	buf_clear(&b);
	for (int i = 0; i < 6; i++) {
		buf_add(&b, STR("\"two\nlines"));
		fill(&b, 'x', CSV_CELL_MAX - 20);
		buf_add(&b, STR("\","));
	}
	buf_add(&b, STR("\nnext,row\n"));
	assert_refused_then_read(buf_str(&b), "the row is longer than 1 MiB");
	buf_free(&b);
}

static void holds_no_more_than_a_row_and_a_piece(void **state)
{
	(void)state;
	struct csv_dialect dialect = { .delimiter = ',' };
	struct csv_reader r;
	struct csv_row row;
	struct err err = { 0 };
	char piece[65536];
	memset(piece, 'x', sizeof piece); /* one line without end */
	csv_read_start(&r, &dialect);
	for (int i = 0; i < 500; i++) {
		csv_read_feed(&r, (Str){ piece, sizeof piece });
		while (csv_read_next(&r, &row, &err) != CSV_MORE)
			;
		assert_true(r.input.len <= CSV_ROW_MAX + sizeof piece);
	}
	csv_read_free(&r);
}

static Str written(struct buf *b, bool for_spreadsheet, const char *const *cells)
{
	struct csv_writer w;
	csv_put_start(&w, b, ',', for_spreadsheet);
	for (; *cells; cells++)
		csv_put_text(&w, str_of(*cells));
	csv_put_i64(&w, -5);
	csv_put_row_end(&w);
	return buf_str(b);
}

static void writes_quotes_where_needed(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 4096);
	const char *const cells[] = { "a", "", "b,c", "d\"e", "f\ng", " h", "=1+1", NULL };
	Str text = written(&b, false, cells);
	assert_true(str_eq(text, STR("a,,\"b,c\",\"d\"\"e\",\"f\ng\",\" h\",=1+1,-5\n")));
	buf_clear(&b);
	struct csv_writer w;
	csv_put_start(&w, &b, ';', false);
	csv_put_text(&w, (Str){ NULL, 0 });
	csv_put_row_end(&w);
	csv_put_text(&w, STR("a;b"));
	csv_put_text(&w, STR("c,d"));
	csv_put_row_end(&w);
	assert_true(str_eq(buf_str(&b), STR("\"\"\n\"a;b\";c,d\n")));
	buf_free(&b);
}

static void stops_formulas_for_spreadsheets(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 4096);
	const char *const cells[] = { "=1+1", "+1",  "-1",  "@x",   "\tx",
		                      "\rx",  "＝1", "'=x", "it's", NULL };
	Str text = written(&b, true, cells);
	assert_true(
	    str_eq(text,
	           STR("\xEF\xBB\xBF\"'=1+1\",\"'+1\",\"'-1\",\"'@x\",\"'\tx\",\"'\rx\",\"'＝1\","
	               "\"''=x\",it's,-5\n")));
	buf_free(&b);
}

static void reads_back_what_it_wrote(void **state)
{
	(void)state;
	const char *const cells[] = { "=1",       "'=1",  "''=1", "'",    "''", "-", "",
		                      "'quoted'", "\"",   "\n",   "\r\n", " ",  "ä", "sep=",
		                      "'\t",      ",;\t", "＠",   "'＋",  NULL };
	for (int for_spreadsheet = 0; for_spreadsheet < 2; for_spreadsheet++) {
		struct buf b;
		buf_init(&b, 4096);
		Str text = written(&b, for_spreadsheet, cells);
		struct csv_dialect dialect = sniff(text, 1000);
		struct csv_reader r;
		struct csv_row row;
		struct err err = { 0 };
		csv_read_start(&r, &dialect);
		csv_read_feed(&r, text);
		assert_int_equal(csv_read_next(&r, &row, &err), CSV_ROW);
		for (size_t i = 0; cells[i]; i++)
			if (!str_eq(csv_unquoted(row.cells[i]), str_of(cells[i])))
				fail_msg("%s came back as %.*s", cells[i], STR_FMT(row.cells[i]));
		csv_read_free(&r);
		buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_rows_with_any_line_end),
		cmocka_unit_test(reads_quoted_cells),
		cmocka_unit_test(finds_the_delimiter),
		cmocka_unit_test(finds_the_encoding),
		cmocka_unit_test(decides_the_encoding_by_the_last_byte_too),
		cmocka_unit_test(costs_one_line_for_what_is_no_row),
		cmocka_unit_test(refuses_a_nul_character),
		cmocka_unit_test(reads_utf16),
		cmocka_unit_test(mends_where_a_damaged_text_is_better_than_none),
		cmocka_unit_test(lets_a_nul_cost_its_row_alone),
		cmocka_unit_test(says_what_a_file_is_that_is_no_csv),
		cmocka_unit_test(keeps_to_its_caps),
		cmocka_unit_test(holds_no_more_than_a_row_and_a_piece),
		cmocka_unit_test(writes_quotes_where_needed),
		cmocka_unit_test(stops_formulas_for_spreadsheets),
		cmocka_unit_test(reads_back_what_it_wrote),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
