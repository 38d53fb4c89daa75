/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/reading_report.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "stats/share.h"
#include "text/urgent.h"

#define RESET "\x1b[0m"
#define BOLD  "\x1b[1m"
#define DIM   "\x1b[2m"
#define GREEN "\x1b[32m"
#define RED   "\x1b[31m"

#define BAR_CELLS    24
#define THEMES_SHOWN 10
#define NAME_COLUMNS 25
/* Bytes that are shown on both sides of what is urgent. */
#define AROUND 90

struct page {
	struct buf *out;
	const struct analyst *analyst;
	const struct file_comments *file;
	const struct file_reading *r;
	const struct reading_style *style;
};

static const char *paint(const struct page *p, const char *code)
{
	return p->style->colour ? code : "";
}

static int percent(int64_t part, int64_t whole)
{
	return whole > 0 ? (int)((part * 200 + whole) / (whole * 2)) : 0;
}

static const char *group_name(const struct file_comments *file, unsigned group)
{
	static const char *const nps[] = { "Detractors", "Passives", "Promoters" };
	static const char *const stars[] = { "Low ratings", "Middle ratings", "High ratings" };
	return file->scale == SCALE_1_5 ? stars[group] : nps[group];
}

static Str name_of(const struct page *p, uint16_t theme)
{
	return theme_name(&analyst_taxonomy(p->analyst)->theme[theme], p->style->names);
}

/* Cells on a terminal, near enough: characters. */
static void put_padded(struct buf *out, Str text, int columns)
{
	int width = 0;
	for (size_t i = 0; i < text.len; i++)
		width += ((unsigned char)text.at[i] & 0xC0) != 0x80;
	buf_add(out, text);
	for (; width < columns; width++)
		buf_add_char(out, ' ');
}

static void put_title(const struct page *p, const char *title)
{
	buf_printf(p->out, "\n  %s%s%s\n", paint(p, BOLD), title, paint(p, RESET));
}

static void put_bar(struct buf *out, int64_t part, int64_t whole)
{
	int64_t cells = whole > 0 ? (part * BAR_CELLS + whole / 2) / whole : 0;
	for (int64_t i = 0; i < BAR_CELLS; i++)
		buf_add(out, i < cells ? STR("█") : STR("·"));
}

static void put_head(const struct page *p, Str name)
{
	const struct file_reading *r = p->r;
	buf_printf(p->out, "\n  %s%.*s%s: %" PRId64 " comments", paint(p, BOLD), STR_FMT(name),
	           paint(p, RESET), r->comments);
	if (p->file->with_score)
		buf_printf(p->out, ", %zu rows with a %s", p->file->with_score,
		           p->file->scale == SCALE_1_5 ? "rating of 1 to 5" : "score of 0 to 10");
	buf_printf(p->out, "\n");
	if (r->low_effort)
		buf_printf(p->out,
		           "  %" PRId64
		           " say nothing (\"none\", \".\"); no share below counts them.\n",
		           r->low_effort);
	if (r->not_analysed)
		buf_printf(p->out,
		           "  %" PRId64 " are in a language that is not read; they are left out.\n",
		           r->not_analysed);
	if (r->learnt_from)
		buf_printf(p->out, "  Sentiment learnt from %zu of the file's own scores.\n",
		           r->learnt_from);
}

static void put_languages(const struct page *p)
{
	const char *between = "  Language: ";
	bool used[TONGUE_COUNT] = { 0 };
	int64_t all = p->r->comments - p->r->low_effort;
	for (int shown = 0; shown < 4; shown++) {
		size_t best = 0;
		for (size_t t = 1; t < TONGUE_COUNT; t++)
			if (!used[t] && p->r->by_tongue[t] > (best ? p->r->by_tongue[best] : 0))
				best = t;
		if (best == 0)
			break;
		used[best] = true;
		buf_printf(p->out, "%s%.*s %d %%", between, STR_FMT(tongue_code((enum tongue)best)),
		           percent(p->r->by_tongue[best], all));
		between = ", ";
	}
	buf_printf(p->out, "\n");
}

static void put_sentiment(const struct page *p)
{
	static const enum sentiment_label order[] = { SENTIMENT_POSITIVE, SENTIMENT_MIXED,
		                                      SENTIMENT_NEUTRAL, SENTIMENT_NEGATIVE };
	int64_t all = 0;
	for (size_t i = 0; i < SENTIMENT_LABEL_COUNT; i++)
		all += p->r->by_label[i];
	put_title(p, "How they sound");
	for (size_t i = 0; i < SENTIMENT_LABEL_COUNT; i++) {
		int64_t n = p->r->by_label[order[i]];
		buf_printf(p->out, "  ");
		put_padded(p->out, sentiment_word(order[i]), 10);
		put_bar(p->out, n, all);
		buf_printf(p->out, " %3d %%  %" PRId64 "\n", percent(n, all), n);
	}
}

static int most_spoken_first(const void *x, const void *y)
{
	const struct theme_count *a = x, *b = y;
	if (a->comments != b->comments)
		return a->comments < b->comments ? 1 : -1;
	return (a->theme > b->theme) - (a->theme < b->theme);
}

/* Themes of the group that anybody spoke of, most first. */
static size_t by_size(const struct page *p, const struct file_group *g,
                      struct theme_count out[TAXONOMY_THEMES_MAX])
{
	size_t n = 0;
	uint32_t themes = analyst_taxonomy(p->analyst)->themes;
	for (uint32_t t = 0; t < themes; t++)
		if (g->themes[t].comments > 0) {
			out[n] = g->themes[t];
			out[n++].theme = (uint16_t)t;
		}
	qsort(out, n, sizeof *out, most_spoken_first);
	return n;
}

static void put_theme_row(const struct page *p, const struct file_group *g,
                          const struct theme_count *t)
{
	double lo, hi;
	share_wilson(t->comments, g->comments, &lo, &hi);
	buf_printf(p->out, "  ");
	put_padded(p->out, name_of(p, t->theme), NAME_COLUMNS);
	put_bar(p->out, t->comments, g->comments);
	buf_printf(p->out, " about %d %% %s(%.0f to %.0f)%s", percent(t->comments, g->comments),
	           paint(p, DIM), lo * 100, hi * 100, paint(p, RESET));
	if (t->good)
		buf_printf(p->out, "  %s+%" PRId64 "%s", paint(p, GREEN), t->good, paint(p, RESET));
	if (t->bad)
		buf_printf(p->out, "  %s-%" PRId64 "%s", paint(p, RED), t->bad, paint(p, RESET));
	buf_printf(p->out, "\n");
}

/* Bytes [from, from + len) of it, with dots where there is more; not cut within a character. */
static void put_part(const struct page *p, const struct file_comment *c, size_t from, size_t len)
{
	Str text = str_slice(c->text, from, len);
	while (text.len > 0 && ((unsigned char)text.at[0] & 0xC0) == 0x80)
		text = str_from(text, 1);
	size_t end = (size_t)(text.at - c->text.at) + text.len;
	while (end < c->text.len && ((unsigned char)c->text.at[end] & 0xC0) == 0x80)
		end++;
	buf_printf(p->out, "    \"%s", text.at > c->text.at ? "... " : "");
	for (size_t i = (size_t)(text.at - c->text.at); i < end; i++) {
		unsigned char byte = (unsigned char)c->text.at[i];
		buf_add_char(p->out, byte < 0x20 || byte == 0x7F ? ' ' : c->text.at[i]);
	}
	buf_printf(p->out, "%s\" %s(line %zu)%s\n", end < c->text.len ? " ..." : "", paint(p, DIM),
	           c->line, paint(p, RESET));
}

static void put_quote(const struct page *p, const struct file_comment *c)
{
	put_part(p, c, 0, c->text.len);
}

static void put_words(const struct page *p, const struct file_group *g)
{
	if (g->word_count == 0)
		return;
	buf_printf(p->out, "  Says more than others: ");
	for (size_t i = 0; i < g->word_count; i++)
		buf_printf(p->out, "%s%.*s", i ? ", " : "", STR_FMT(g->words[i].text));
	buf_printf(p->out, "\n");
}

static void put_group(const struct page *p, const char *title, const struct file_group *g)
{
	struct theme_count themes[TAXONOMY_THEMES_MAX];
	size_t n = by_size(p, g, themes);
	if (g->comments == 0)
		return;
	if (n || g->word_count)
		buf_printf(p->out, "\n  %s%s%s: what %" PRId64 " comment%s of\n", paint(p, BOLD),
		           title, paint(p, RESET), g->comments,
		           g->comments == 1 ? " speaks" : "s speak");
	else
		buf_printf(p->out, "\n  %s%s%s: %" PRId64 " comment%s of no theme\n",
		           paint(p, BOLD), title, paint(p, RESET), g->comments,
		           g->comments == 1 ? " speaks" : "s speak");
	for (size_t i = 0; i < n && i < THEMES_SHOWN; i++)
		put_theme_row(p, g, &themes[i]);
	put_words(p, g);
	for (size_t i = 0; i < g->quote_count; i++)
		put_quote(p, g->quotes[i]);
}

static int largest_effect_first(const void *x, const void *y)
{
	const struct theme_driver *a = x, *b = y;
	return (fabs(a->driver.dominance) < fabs(b->driver.dominance)) -
	       (fabs(a->driver.dominance) > fabs(b->driver.dominance));
}

/* As it is shown, in whole points. */
static bool is_nothing(const struct driver *d)
{
	return lrint(d->effect) == 0 && lrint(d->effect_lo) == 0 && lrint(d->effect_hi) == 0;
}

static bool may_be_none(const struct driver *d)
{
	return lrint(d->effect_lo) <= 0 && lrint(d->effect_hi) >= 0;
}

static size_t standing(const struct file_reading *r, struct theme_driver out[DRIVERS_MAX])
{
	size_t n = 0;
	for (size_t i = 0; r->drivers.shown && i < r->drivers.count; i++)
		if (r->driver_of[i].driver.stands && !is_nothing(&r->driver_of[i].driver))
			out[n++] = r->driver_of[i];
	qsort(out, n, sizeof *out, largest_effect_first);
	return n;
}

static void put_drivers(const struct page *p)
{
	struct theme_driver all[DRIVERS_MAX];
	size_t n = standing(p->r, all);
	if (p->file->with_score == 0)
		return;
	put_title(p, p->file->scale == SCALE_1_5 ? "Goes with the rating" : "Goes with the score");
	if (!p->r->drivers.shown) {
		buf_printf(p->out, "  Too few comments with a score to say.\n");
		return;
	}
	if (n == 0)
		buf_printf(p->out, "  No theme, beyond what chance would do.\n");
	for (size_t i = 0; i < n; i++) {
		const struct driver *d = &all[i].driver;
		buf_printf(p->out, "  ");
		put_padded(p->out, name_of(p, all[i].theme), NAME_COLUMNS);
		buf_printf(p->out,
		           "%s %s%+.0f points%s %s(%+.0f to %+.0f%s)%s, %" PRId64 " comments\n",
		           all[i].good ? "praised  " : "criticised",
		           paint(p, d->effect < 0 ? RED : GREEN), rint(d->effect) + 0.0,
		           paint(p, RESET), paint(p, DIM), rint(d->effect_lo) + 0.0,
		           rint(d->effect_hi) + 0.0, may_be_none(d) ? ": may be none" : "",
		           paint(p, RESET), all[i].comments);
	}
	buf_printf(p->out, "  %sIt goes together; that one causes the other is not said.%s\n",
	           paint(p, DIM), paint(p, RESET));
}

static void put_urgent(const struct page *p)
{
	int64_t shown =
	    p->r->urgent_count < FILE_READING_URGENT ? p->r->urgent_count : FILE_READING_URGENT;
	if (shown == 0)
		return;
	put_title(p, "Worth a look today");
	for (int64_t i = 0; i < shown; i++) {
		const struct file_urgent *u = &p->r->urgent[i];
		size_t from = u->from > AROUND ? u->from - AROUND : 0;
		buf_printf(p->out, "  ");
		for (unsigned kind = 0, any = 0; kind < URGENT_KIND_COUNT; kind++)
			if (u->kinds >> kind & 1)
				buf_printf(p->out, "%s%.*s", any++ ? ", " : "",
				           STR_FMT(urgent_name((enum urgent_kind)kind)));
		buf_printf(p->out, "\n");
		put_part(p, u->comment, from, u->from + u->len + AROUND - from);
	}
	if (p->r->urgent_count > shown)
		buf_printf(p->out, "  and %" PRId64 " more\n", p->r->urgent_count - shown);
}

static void put_clusters(const struct page *p)
{
	if (p->r->cluster_count == 0)
		return;
	put_title(p, "What no theme covers");
	for (size_t k = 0; k < p->r->cluster_count; k++) {
		const struct file_cluster *c = &p->r->clusters[k];
		buf_printf(p->out, "  %zu comments:", c->cluster.comments);
		for (size_t i = 0; i < c->cluster.name_count; i++)
			buf_printf(p->out, "%s %.*s", i ? "," : "", STR_FMT(c->cluster.names[i]));
		buf_printf(p->out, "\n");
		for (size_t i = 0; i < c->quote_count; i++)
			put_quote(p, c->quotes[i]);
	}
}

void reading_report_write(struct buf *out, Str name, const struct analyst *n,
                          const struct file_comments *file, const struct file_reading *r,
                          const struct reading_style *style)
{
	struct page p = { out, n, file, r, style };
	put_head(&p, name);
	if (r->comments == 0) {
		buf_printf(
		    out, "\n  The column \"%.*s\" holds no texts. Say which does with --text.\n\n",
		    STR_FMT(file->text_column));
		return;
	}
	put_languages(&p);
	put_sentiment(&p);
	if (file->with_score == 0)
		put_group(&p, "All", &r->all);
	for (unsigned g = 0; g < COMMENT_GROUPS && file->with_score; g++)
		put_group(&p, group_name(file, g), &r->groups[g]);
	put_drivers(&p);
	put_urgent(&p);
	put_clusters(&p);
	buf_printf(
	    out,
	    "\n  %s\"about\": counted by rules and models, which miss some and take some too many; "
	    "ranges\n"
	    "  tell what chance does beside. +/-: comments that praise or criticise it.%s\n\n",
	    paint(&p, DIM), paint(&p, RESET));
}

/* --- JSON ------------------------------------------------------------------------------------------- */

static void json_share(struct json_writer *w, int64_t part, int64_t whole)
{
	double lo, hi;
	share_wilson(part, whole, &lo, &hi);
	json_put_key_real(w, "share", whole ? (double)part / (double)whole : 0);
	json_put_key_real(w, "lo", lo);
	json_put_key_real(w, "hi", hi);
}

static void json_quotes(struct json_writer *w, const struct file_comment *const *quotes,
                        size_t count)
{
	json_put_key(w, STR("quotes"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_i64(w, "line", (int64_t)quotes[i]->line);
		json_put_key_text(w, "text", quotes[i]->text);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void json_group(struct json_writer *w, const struct page *p, const char *name,
                       const struct file_group *g)
{
	struct theme_count themes[TAXONOMY_THEMES_MAX];
	size_t n = by_size(p, g, themes);
	json_put_key(w, str_of(name));
	json_put_dict(w);
	json_put_key_i64(w, "comments", g->comments);
	json_put_key(w, STR("themes"));
	json_put_list(w);
	for (size_t i = 0; i < n; i++) {
		json_put_dict(w);
		json_put_key_text(w, "theme",
		                  analyst_taxonomy(p->analyst)->theme[themes[i].theme].key);
		json_put_key_text(w, "name", name_of(p, themes[i].theme));
		json_put_key_i64(w, "comments", themes[i].comments);
		json_share(w, themes[i].comments, g->comments);
		json_put_key_text(w, "grade", STR("estimated"));
		json_put_key_i64(w, "praise", themes[i].good);
		json_put_key_i64(w, "criticism", themes[i].bad);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_key(w, STR("words"));
	json_put_list(w);
	for (size_t i = 0; i < g->word_count; i++) {
		json_put_dict(w);
		json_put_key_text(w, "text", g->words[i].text);
		json_put_key_i64(w, "comments", g->words[i].comments);
		json_put_key_i64(w, "others", g->words[i].others);
		json_put_key_real(w, "z", g->words[i].z);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_quotes(w, g->quotes, g->quote_count);
	json_put_dict_end(w);
}

static void json_drivers(struct json_writer *w, const struct page *p)
{
	const struct driver_list *d = &p->r->drivers;
	json_put_key(w, STR("drivers"));
	json_put_list(w);
	for (size_t i = 0; d->shown && i < d->count; i++) {
		const struct theme_driver *t = &p->r->driver_of[i];
		json_put_dict(w);
		json_put_key_text(w, "theme", analyst_taxonomy(p->analyst)->theme[t->theme].key);
		json_put_key_text(w, "polarity", t->good ? STR("positive") : STR("negative"));
		json_put_key_i64(w, "comments", t->comments);
		json_put_key_real(w, "effect", t->driver.effect);
		json_put_key_real(w, "effect_lo", t->driver.effect_lo);
		json_put_key_real(w, "effect_hi", t->driver.effect_hi);
		json_put_key_real(w, "dominance", t->driver.dominance);
		json_put_key_bool(w, "beyond_chance", t->driver.stands);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void json_clusters(struct json_writer *w, const struct page *p)
{
	json_put_key(w, STR("discovered"));
	json_put_list(w);
	for (size_t k = 0; k < p->r->cluster_count; k++) {
		const struct file_cluster *c = &p->r->clusters[k];
		json_put_dict(w);
		json_put_key_i64(w, "comments", (int64_t)c->cluster.comments);
		json_put_key(w, STR("words"));
		json_put_list(w);
		for (size_t i = 0; i < c->cluster.name_count; i++)
			json_put_text(w, c->cluster.names[i]);
		json_put_list_end(w);
		json_quotes(w, c->quotes, c->quote_count);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

void reading_report_put(struct json_writer *w, const struct analyst *n,
                        const struct file_comments *file, const struct file_reading *r,
                        enum tongue names)
{
	static const char *const groups[] = { "low", "middle", "high" };
	const struct reading_style style = { false, names };
	struct page p = { NULL, n, file, r, &style };
	json_put_key_i64(w, "comments", r->comments);
	json_put_key_i64(w, "scores", (int64_t)file->with_score);
	json_put_key_i64(w, "low_effort", r->low_effort);
	json_put_key_i64(w, "not_analysed", r->not_analysed);
	json_put_key_i64(w, "unreadable", (int64_t)file->unreadable);
	json_put_key_i64(w, "urgent", r->urgent_count);
	json_put_key_i64(w, "learnt_from", (int64_t)r->learnt_from);
	json_put_key(w, STR("languages"));
	json_put_dict(w);
	for (size_t t = 1; t < TONGUE_COUNT; t++)
		if (r->by_tongue[t])
			json_put_key_i64(w, str_of((const char *)tongue_code((enum tongue)t).at).at,
			                 r->by_tongue[t]);
	json_put_dict_end(w);
	json_put_key(w, STR("sentiment"));
	json_put_dict(w);
	for (size_t i = 0; i < SENTIMENT_LABEL_COUNT; i++) {
		json_put_key(w, sentiment_word((enum sentiment_label)i));
		json_put_i64(w, r->by_label[i]);
	}
	json_put_dict_end(w);
	json_put_key(w, STR("groups"));
	json_put_dict(w);
	json_group(w, &p, "all", &r->all);
	for (unsigned g = 0; g < COMMENT_GROUPS && file->with_score; g++)
		json_group(w, &p, groups[g], &r->groups[g]);
	json_put_dict_end(w);
	json_drivers(w, &p);
	json_clusters(w, &p);
}
