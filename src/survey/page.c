/* survey/page.c - fills web/pages/page.html. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/page.h"
#include "survey/page_text.h"

#include "base/asset.h"
#include "base/die.h"
#include "base/template.h"
#include "survey/colour.h"

/* Grounds of web/pages/page.css, --paper in light and dark. */
static const struct colour light_paper = { 0xfb, 0xf9, 0xf6 }, dark_paper = { 0x19, 0x16, 0x13 };
/* Below this a plane of the brand's colour does not stand out from the ground and gets an edge (WCAG 1.4.11). */
#define EDGE_CONTRAST 3.0

#define SCRIPT_HASH_CHARS 12

/* Letters and digits of an asset's ETag: the part of its name that changes with its bytes. */
static Str script_name(const struct asset *script, char out[static SCRIPT_HASH_CHARS + 4])
{
	size_t len = 0;
	for (size_t i = 0; i < script->etag.len && len < SCRIPT_HASH_CHARS; i++) {
		char c = script->etag.at[i];
		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			out[len++] = c;
	}
	out[len++] = '.';
	out[len++] = 'j';
	out[len++] = 's';
	return (Str){ out, len };
}

bool page_look_load(struct arena *a, struct page_look *out, struct err *err)
{
	const struct asset *html = asset_find(STR("pages/page.html"));
	const struct asset *css = asset_find(STR("pages/page.css"));
	const struct asset *script = asset_find(STR("pages/page.js"));
	if (!html || !css || !script)
		return err_set(err, ERR_INTERNAL, "the program was built without its survey pages");
	struct page_look look = { .css = css->bytes };
	if (!template_parse(a, html->bytes, &look.template, err))
		return false;
	char name[SCRIPT_HASH_CHARS + 4];
	look.script = str_printf(a, "/p/%.*s", STR_FMT(script_name(script, name)));
	*out = look;
	return true;
}

bool page_script_find(Str name, Str *bytes, Str *gzip)
{
	const struct asset *script = asset_find(STR("pages/page.js"));
	char current[SCRIPT_HASH_CHARS + 4];
	if (!script || !str_eq(name, script_name(script, current)))
		return false;
	*bytes = script->bytes;
	*gzip = script->gzip;
	return true;
}

static Str brand_css(struct arena *a, Str text)
{
	struct colour brand = { 0x2f, 0x5d, 0x8a };
	(void)colour_parse(text, &brand);
	struct colour on = colour_readable_on(brand);
	const char *edge[2];
	edge[0] =
	    colour_contrast(brand, light_paper) < EDGE_CONTRAST ? "var(--ink)" : "var(--brand)";
	edge[1] =
	    colour_contrast(brand, dark_paper) < EDGE_CONTRAST ? "var(--ink)" : "var(--brand)";
	return str_printf(a,
	                  ":root{--brand:#%02x%02x%02x;--on-brand:#%02x%02x%02x;--edge:%s}"
	                  "@media (prefers-color-scheme:dark){:root{--edge:%s}}",
	                  brand.red, brand.green, brand.blue, on.red, on.green, on.blue, edge[0],
	                  edge[1]);
}

static struct template_dict *page_dict(struct arena *a, const struct page *page,
                                       const struct page_words *words)
{
	struct template_dict *d = template_dict_new(a);
	template_set(d, "lang", page->language);
	template_set(d, "dir", words->rtl ? STR("rtl") : STR("ltr"));
	template_set(d, "style_nonce", page->style_nonce);
	template_set(d, "css", page->look->css);
	template_set(d, "brand_css", brand_css(a, page->brand.colour));
	template_set(d, "brand", page->brand.name);
	template_set(d, "logo", page->brand.logo);
	template_set(d, "untaken", words->built_in->untaken);
	if (page->lost.len > 0)
		template_set(d, "lost", page->lost);
	return d;
}

static void set_scale(struct arena *a, struct template_dict *d, const struct page_words *words,
                      int score)
{
	for (int n = 0; n <= 10; n++) {
		struct template_dict *one = template_list_add(d, "scores");
		template_set_i64(one, "n", n);
		template_set(one, "pressed", n == score ? STR("true") : STR("false"));
		if (n == 0 || n == 10)
			template_set(one, "label", n == 0 ? words->low : words->high);
	}
	template_set(d, "score", score == PAGE_NO_SCORE ? STR("") : str_printf(a, "%d", score));
}

/* A text for each group, of which the page shows the one that the score calls for; one for all stands alone. */
static void set_by_group(struct arena *a, struct template_dict *d, const char *list,
                         const Str *texts, bool one_for_all, int score)
{
	for (int g = 0; g < (one_for_all ? 1 : GROUP_COUNT); g++) {
		struct template_dict *one = template_list_add(d, list);
		template_set(one, "text", texts[g]);
		if (one_for_all)
			continue;
		template_set(one, "group", str_printf(a, "%d", g));
		bool on = score != PAGE_NO_SCORE && score_group_of(score) == (enum score_group)g;
		template_set_bool(one, "off", !on);
	}
}

/* Links, which need no script and tell their target nothing. */
static void set_buttons(struct arena *a, struct template_dict *d, const struct definition *def,
                        const struct page_words *words, int score)
{
	for (int g = 0; g < GROUP_COUNT; g++) {
		if (!words->button[g].at)
			continue;
		struct template_dict *one = template_list_add(d, "buttons");
		bool on = score != PAGE_NO_SCORE && score_group_of(score) == (enum score_group)g;
		template_set(one, "text", words->button[g]);
		template_set(one, "url", def->buttons[g].url);
		template_set(one, "group", str_printf(a, "%d", g));
		template_set_bool(one, "off", !on);
	}
}

static void set_choices(struct template_dict *d, const struct definition_question *question,
                        const Str *labels, JsonRef given)
{
	Str text = { NULL, 0 };
	int64_t rating = 0;
	struct err ignored;
	if (json_read_kind(given) == JSON_TEXT)
		(void)!json_read_text(given, DEFINITION_TEXT_MAX, &text, &ignored);
	else if (json_read_kind(given) == JSON_INT)
		(void)!json_read_i64(given, 1, 5, &rating, &ignored);
	static const Str digits[] = { { "1", 1 }, { "2", 1 }, { "3", 1 }, { "4", 1 }, { "5", 1 } };
	size_t count = question->kind == QUESTION_RATING ? 5 : question->choice_count;
	for (size_t i = 0; i < count; i++) {
		bool is_rating = question->kind == QUESTION_RATING;
		struct template_dict *one = template_list_add(d, "choices");
		Str value = is_rating ? digits[i] : question->choices[i].key;
		template_set(one, "value", value);
		template_set(one, "label", is_rating ? value : labels[i]);
		bool checked =
		    is_rating ? rating == (int64_t)i + 1 : text.at && str_eq(text, value);
		template_set_bool(one, "checked", checked);
	}
}

/* "02": the groups that are asked; empty when all are. */
static Str question_groups(struct arena *a, const struct definition_question *question)
{
	char digits[GROUP_COUNT];
	size_t len = 0;
	for (int g = 0; g < GROUP_COUNT; g++) {
		if (question->groups[g])
			digits[len++] = (char)('0' + g);
	}
	return len == GROUP_COUNT ? STR("") : str_copy(a, (Str){ digits, len });
}

static void set_questions(struct arena *a, struct template_dict *d, const struct definition *def,
                          const struct page_words *words, const struct page_answer *answer)
{
	JsonRef answers = { NULL, "", a };
	struct err ignored;
	if (answer->answers.at && !json_read(a, answer->answers, &answers, &ignored))
		answers.value = NULL;
	for (size_t i = 0; i < def->question_count; i++) {
		const struct definition_question *question = &def->questions[i];
		struct template_dict *one = template_list_add(d, "questions");
		template_set(one, "kind",
		             question->kind == QUESTION_RATING ? STR("rating") : STR("choice"));
		template_set(one, "key", question->key);
		template_set(one, "text", words->question_text[i]);
		template_set(one, "groups", question_groups(a, question));
		template_set_bool(one, "must", question->required);
		bool asked = answer->score == PAGE_NO_SCORE ||
		             question->groups[score_group_of(answer->score)];
		template_set_bool(one, "off", !asked);
		set_choices(one, question, words->choice_text[i],
		            json_read_member(answers, str_copy_c(a, question->key)));
	}
}

static void set_form(struct template_dict *d, const struct definition *def,
                     const struct page_form *form, const struct page_words *words)
{
	template_set_bool(d, "form", true);
	template_set(d, "action", form->action);
	template_set_bool(d, "waiting", form->waiting);
	template_set_bool(d, "tap_only", form->tap_only);
	template_set_bool(d, "personal", form->personal);
	template_set_bool(d, "required", def->follow_up_required);
	template_set_bool(d, "once", form->once);
	template_set_bool(d, "open", form->open);
	if (form->test)
		template_set(d, "test", words->built_in->test);
	template_set_bool(d, "started", form->step != PAGE_ASKS);
	template_set_bool(d, "thanked", form->step == PAGE_THANKS);
	template_set(d, "trap", form->trap);
	template_set(d, "change_path", form->change_path.at ? form->change_path : form->action);
	for (size_t i = 0; i < form->hidden_count; i++) {
		struct template_dict *one = template_list_add(d, "hidden");
		template_set(one, "name", form->hidden[i].name);
		template_set(one, "value", form->hidden[i].value);
	}
	template_set(d, "title", words->title);
	template_set(d, "question", words->question);
	template_set(d, "low", words->low);
	template_set(d, "high", words->high);
	template_set(d, "send", words->built_in->send);
	template_set(d, "change", words->built_in->change);
	template_set(d, "saved", words->built_in->saved);
	template_set(d, "unsent", words->built_in->unsent);
	template_set(d, "ask_once_more", words->built_in->ask_once_more);
	template_set(d, "question_open", words->built_in->question_open);
}

bool page_write_form(struct arena *a, const struct page *page, const struct definition *d,
                     const struct page_form *form, const struct page_answer *answer,
                     struct buf *out, struct err *err)
{
	struct page_words words;
	page_words_find(a, d, page->language, page->brand.name, &words);
	struct template_dict *dict = page_dict(a, page, &words);
	set_form(dict, d, form, &words);
	set_scale(a, dict, &words, answer->score);
	set_by_group(a, dict, "follow_ups", words.follow_up, words.follow_up_one, answer->score);
	set_by_group(a, dict, "thanks", words.thanks, false, answer->score);
	set_buttons(a, dict, d, &words, answer->score);
	set_questions(a, dict, d, &words, answer);
	template_set(dict, "comment", answer->comment);
	template_set(dict, "script", page->look->script);
	if (form->waiting)
		template_set(dict, "confirm", page_words_confirm(a, &words, answer->score));
	return template_render(page->look->template, dict, out, err);
}

bool page_write_final(struct arena *a, const struct page *page, const struct definition *d,
                      const struct page_answer *answer, struct buf *out, struct err *err)
{
	struct page_words words;
	page_words_find(a, d, page->language, page->brand.name, &words);
	struct template_dict *dict = page_dict(a, page, &words);
	template_set(dict, "title", words.title);
	template_set(dict, "final", words.built_in->final);
	template_set(dict, "your_score", page_words_your_score(a, &words, answer->score));
	template_set(dict, "your_comment", words.built_in->your_comment);
	template_set(dict, "comment", answer->comment);
	return template_render(page->look->template, dict, out, err);
}

struct notice_words {
	int status;
	Str title, text;
};

static struct notice_words notice_words(enum page_notice notice, const struct wording *w)
{
	switch (notice) {
#define PAGE_NOTICE_WORDS(name, NAME, status) \
	case PAGE_NOTICE_##NAME:              \
		return (struct notice_words){ status, w->name##_title, w->name##_text };
		PAGE_NOTICES(PAGE_NOTICE_WORDS)
#undef PAGE_NOTICE_WORDS
	}
	UNREACHABLE();
}

int page_notice_status(enum page_notice notice)
{
	return notice_words(notice, wording_at(0)).status;
}

void page_notice_words(enum page_notice notice, Str language, Str *title, Str *text)
{
	struct notice_words say = notice_words(notice, page_words_built_in(language));
	*title = say.title;
	*text = say.text;
}

bool page_write_notice(struct arena *a, const struct page *page, enum page_notice notice,
                       struct buf *out, struct err *err)
{
	struct page_words words = { 0 };
	words.built_in = page_words_built_in(page->language);
	words.rtl = wording_is_rtl(page->language);
	struct notice_words say = notice_words(notice, words.built_in);
	struct template_dict *dict = page_dict(a, page, &words);
	template_set(dict, "title", say.title);
	template_set(dict, "notice", say.title);
	template_set(dict, "notice_text", say.text);
	return template_render(page->look->template, dict, out, err);
}
