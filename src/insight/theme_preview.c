/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_preview.h"

#include <stdlib.h>
#include <string.h>

#include "db/list.h"
#include "insight/quote_json.h"
#include "insight/theme_preview.sql.h"
#include "text/themes.h"

#define NEW_CODE STR(THEME_OWN_CODE "new")

struct sampled {
	int64_t response, at;
	Str text, language;
};

/* Themes as they are, or as they would be. */
struct view {
	struct taxonomy *taxonomy;
	const struct theme_reader *reader;
	uint64_t counts; /* a bit a theme that is told as the one in question */
	int theme;       /* its place; -1: it is not there */
	uint32_t line;   /* of the text, before its own words */
};

struct preview {
	struct db *db;
	struct arena *a;
	int64_t workspace;
	const struct theme_preview_question *q;
	struct word_reader *words;
	struct workspace_theme *all; /* [count], the last one changed or new */
	size_t count;
	struct view before, after;
	const uint32_t
	    *word_of; /* [seeds] of `after`: place among the words; UINT32_MAX: none of its own */
	struct theme_preview *out;
};

static bool sample_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct transcript_told told = response_told(rows, 4, 5, a);
	(void)err;
	*(struct sampled *)out =
	    (struct sampled){ .response = db_i64(rows, 0),
		              .text = transcript_said(a, db_text(rows, 1, a), &told),
		              .language = db_text(rows, 2, a),
		              .at = db_i64(rows, 3) };
	return true;
}

static bool is_told_as(const struct workspace_theme *t, const struct theme_preview_question *q,
                       bool joined)
{
	return t->id == q->theme || (q->theme && t->merged_into == q->theme) ||
	       (joined && q->joins && (t->id == q->joins || t->merged_into == q->joins));
}

/* Of all themes only those that matter here. */
static Str lines(struct preview *p, size_t count)
{
	Str codes[TAXONOMY_THEMES_MAX];
	size_t n = 0;
	for (size_t i = 0; i < count && n + 1 < TAXONOMY_THEMES_MAX; i++)
		if (is_told_as(&p->all[i], p->q, true))
			codes[n++] = p->all[i].code;
	if (n == 0)
		codes[n++] = p->all[p->count - 1].code;
	return theme_lines_of(p->a, p->q->shipped, p->all, count, codes, n);
}

static bool view_make(struct preview *p, bool changed, struct view *out, struct err *err)
{
	const struct theme_preview_question *q = p->q;
	struct workspace_theme *last = &p->all[p->count - 1];
	Str before = last->seeds;
	out->taxonomy = ARENA_NEW(p->a, struct taxonomy);
	if (changed && q->seeds.at)
		last->seeds = str_trim(q->seeds).len ? q->seeds : (Str){ 0 };
	Str line, text = lines(p, p->count), head = str_printf(p->a, "[%.*s]", STR_FMT(last->code));
	last->seeds = before;
	if (!taxonomy_read(p->a, text, out->taxonomy, err))
		return false;
	out->reader = theme_reader_new(p->a, p->words, out->taxonomy, NULL);
	for (size_t i = 0; i < p->count; i++) {
		int place = taxonomy_find(out->taxonomy, p->all[i].code);
		if (place >= 0 && is_told_as(&p->all[i], q, changed))
			out->counts |= (uint64_t)1 << place;
	}
	out->theme = taxonomy_find(out->taxonomy, last->code);
	for (uint32_t n = 1; str_cut(&text, '\n', &line); n++)
		if (str_eq(str_trim(line), head))
			out->line = n + (theme_is_own(last) ? 1 : 0);
	return true;
}

static size_t lines_of(Str text)
{
	Str line;
	size_t n = 0;
	while (str_cut(&text, '\n', &line))
		n++;
	return n;
}

/* Its own words, as they would be. */
static void find_words(struct preview *p)
{
	const struct view *v = &p->after;
	const struct taxonomy *t = v->taxonomy;
	Str own = p->q->seeds.at ? p->q->seeds : p->all[p->count - 1].seeds;
	size_t lines = own.at ? lines_of(own) : 0;
	uint32_t *word_of = ARENA_ARRAY(p->a, uint32_t, t->seeds + 1);
	p->out->words = ARENA_ARRAY(p->a, struct theme_preview_word, THEME_PREVIEW_WORDS);
	memset(word_of, 0xFF, t->seeds * sizeof *word_of);
	for (uint32_t i = 0; i < t->seeds; i++) {
		const struct seed *s = &t->seed[i];
		if ((int)s->theme != v->theme || s->line <= v->line || s->line > v->line + lines ||
		    p->out->word_count == THEME_PREVIEW_WORDS)
			continue;
		word_of[i] = (uint32_t)p->out->word_count;
		p->out->words[p->out->word_count++] =
		    (struct theme_preview_word){ .line = s->line - v->line, .text = s->text };
	}
	p->word_of = word_of;
}

static void count_words(struct preview *p, struct arena *a, const struct words *w)
{
	struct seed_hits hits;
	bool seen[THEME_PREVIEW_WORDS] = { false };
	theme_seeds_find(theme_reader_seeds(p->after.reader), a, w, &hits);
	for (size_t i = 0; i < hits.count; i++) {
		uint32_t word = p->word_of[hits.hit[i].seed];
		if (word == UINT32_MAX || seen[word])
			continue;
		seen[word] = true;
		p->out->words[word].comments++;
	}
}

/* Places that speak of the theme, in the arena; of those of several themes in order. */
static size_t find_places(const struct view *v, struct arena *a, const struct words *w,
                          struct mask_span **out)
{
	struct theme_mentions m;
	size_t n = 0;
	theme_read(v->reader, a, w, NULL, &m);
	*out = ARENA_ARRAY(a, struct mask_span, m.count + 1);
	for (size_t i = 0; i < m.count; i++)
		if (v->counts >> m.mention[i].theme & 1)
			(*out)[n++] = (struct mask_span){ m.mention[i].from, m.mention[i].len };
	return n;
}

static int by_place(const void *x, const void *y)
{
	const struct mask_span *a = x, *b = y;
	return (a->from > b->from) - (a->from < b->from);
}

static bool quoted(const struct theme_preview_quote *all, size_t count, Str text)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(all[i].quote.text, text))
			return true;
	return false;
}

static bool keep(struct preview *p, const struct sampled *s, const struct mask_span *spans,
                 size_t count, struct theme_preview_quote *all, size_t *kept, struct err *err)
{
	struct response r;
	struct theme_preview_quote *q = &all[*kept];
	if (*kept == THEME_PREVIEW_QUOTES)
		return true;
	q->spans = ARENA_ARRAY(p->a, struct mask_span, count + 1);
	memcpy(q->spans, spans, count * sizeof *spans);
	qsort(q->spans, count, sizeof *spans, by_place);
	q->span_count = quote_join_spans(q->spans, count);
	if (!response_find(p->db, p->a, p->workspace, s->response, &r, err) ||
	    !quote_keeping(p->db, p->a, &r, q->spans, q->span_count, &q->quote, err))
		return err->kind == ERR_NOT_FOUND; /* it has gone meanwhile */
	q->span_count = quote_join_spans(q->spans, q->span_count);
	*kept += q->quote.id != 0 && !quoted(all, *kept, q->quote.text);
	return true;
}

static bool look_at(struct preview *p, const struct sampled *s, struct err *err)
{
	struct arena scratch = { 0 };
	struct theme_preview *o = p->out;
	struct words w;
	struct mask_span *was, *would;
	words_read(p->words, &scratch, s->text, tongue_of_tag(s->language), &w);
	size_t had = p->before.counts ? find_places(&p->before, &scratch, &w, &was) : 0;
	size_t has = find_places(&p->after, &scratch, &w, &would);
	count_words(p, &scratch, &w);
	o->before += had > 0;
	o->after += has > 0;
	bool ok = true;
	if (has && !had) {
		o->gained++;
		ok = keep(p, s, would, has, o->gained_quotes, &o->gained_quote_count, err);
	} else if (had && !has) {
		o->lost++;
		ok = keep(p, s, was, had, o->lost_quotes, &o->lost_quote_count, err);
	}
	arena_free(&scratch);
	return ok;
}

static bool look_at_all(struct preview *p, struct err *err)
{
	struct theme_preview *o = p->out;
	void *items;
	size_t count;
	if (!db_list(p->db, &sql_theme_preview_sample,
	             DB_ARGS(db_arg_i64(p->workspace), db_arg_i64(THEME_PREVIEW_SAMPLE)),
	             sample_row, sizeof(struct sampled), p->a, &items, &count, err))
		return false;
	const struct sampled *all = items;
	for (size_t i = 0; i < count; i++)
		if (!look_at(p, &all[i], err))
			return false;
	o->comments = count;
	o->all = count < THEME_PREVIEW_SAMPLE;
	o->oldest_at = count ? all[count - 1].at : 0;
	for (size_t i = 0; i < o->word_count; i++)
		o->words[i].wide =
		    count > 0 && (double)o->words[i].comments >= THEME_PREVIEW_WIDE * (double)count;
	return true;
}

/* The theme in question last; one that is not there yet with a name that nobody sees. */
static bool load(struct preview *p, struct err *err)
{
	struct workspace_theme *all, last = { .code = NEW_CODE, .name = STR("new") };
	size_t count;
	bool found = p->q->theme == 0, join_found = p->q->joins == 0;
	if (!theme_list(p->db, p->a, p->workspace, &all, &count, err))
		return false;
	p->all = ARENA_ARRAY(p->a, struct workspace_theme, count + 1);
	for (size_t i = 0; i < count; i++) {
		join_found = join_found || all[i].id == p->q->joins;
		if (all[i].id == p->q->theme) {
			last = all[i];
			found = true;
		} else {
			p->all[p->count++] = all[i];
		}
	}
	p->all[p->count++] = last;
	return (found && join_found) || err_set(err, ERR_NOT_FOUND, "there is no such theme");
}

bool theme_preview(struct db *db, struct arena *a, int64_t workspace,
                   const struct theme_preview_question *q, struct theme_preview *out,
                   struct err *err)
{
	struct preview p = { .db = db, .a = a, .workspace = workspace, .q = q, .out = out };
	*out = (struct theme_preview){ 0 };
	p.words = word_reader_open();
	bool ok = load(&p, err) && (q->theme == 0 || view_make(&p, false, &p.before, err)) &&
	          view_make(&p, true, &p.after, err);
	if (ok) {
		find_words(&p);
		ok = look_at_all(&p, err);
	}
	word_reader_close(p.words);
	return ok;
}
