/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/mail_block.h"

#include "base/asset.h"
#include "base/template.h"
#include "survey/brand.h"
#include "survey/colour.h"
#include "survey/page_text.h"

#define HTML_MAX ((size_t)256 << 10)
#define LINK_MAX ((size_t)8 << 10)

static const struct tool {
	const char *name, *field, *before, *after, *encoded_before, *encoded_after;
	bool capitals;
} tools[] = {
#define MAIL_TOOL(tool, name, field, before, after, encoded_before, encoded_after, capitals) \
	[tool] = { name, field, before, after, encoded_before, encoded_after, capitals },
	MAIL_TOOLS(MAIL_TOOL)
#undef MAIL_TOOL
};

bool mail_tool_find(Str name, enum mail_tool *out)
{
	for (int i = 0; i < MAIL_TOOL_COUNT; i++)
		if (str_eq(name, str_of(tools[i].name))) {
			*out = (enum mail_tool)i;
			return true;
		}
	return false;
}

Str mail_tool_field(enum mail_tool tool)
{
	return str_of(tools[tool].field);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool mail_field_is(Str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_letter(text.at[i]) && !(text.at[i] >= '0' && text.at[i] <= '9') &&
		    text.at[i] != '_')
			return false;
	return text.len > 0 && text.len <= MAIL_FIELD_MAX;
}

/* Word shows the marks that keep a brand's own direction as boxes. */
static Str without_isolates(struct arena *a, Str text)
{
	char *out = arena_alloc(a, text.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		Str mark = str_slice(text, i, 3);
		if (str_eq(mark, STR("\u2068")) || str_eq(mark, STR("\u2069")))
			i += 2;
		else
			out[len++] = text.at[i];
	}
	return (Str){ out, len };
}

static Str field_name(struct arena *a, const struct tool *tool, Str name)
{
	char *out = str_copy_c(a, name);
	for (size_t i = 0; tool->capitals && i < name.len; i++)
		if (out[i] >= 'a' && out[i] <= 'z')
			out[i] = (char)(out[i] - 'a' + 'A');
	return (Str){ out, name.len };
}

/* Of the survey's properties those whose names a mail tool can have. */
static void put_properties(struct arena *a, struct buf *out, const struct mail_block *block)
{
	const struct tool *tool = &tools[block->tool];
	for (size_t i = 0; i < block->definition->property_count; i++) {
		Str name = block->definition->properties[i];
		if (!mail_field_is(name))
			continue;
		Str field = field_name(a, tool, name);
		buf_printf(out, "&%.*s=%s%.*s%s", STR_FMT(name), tool->encoded_before,
		           STR_FMT(field), tool->encoded_after);
	}
}

static Str link_of(struct arena *a, const struct mail_block *block, int score)
{
	const struct tool *tool = &tools[block->tool];
	struct buf *out = buf_in(a, LINK_MAX);
	Str field = block->field.len ? block->field : str_of(tool->field);
	if (block->personal)
		buf_printf(out, "%s%.*s%s?score=%d", tool->before, STR_FMT(field), tool->after,
		           score);
	else
		buf_printf(out, "%.*s%cscore=%d", STR_FMT(block->public_link),
		           str_find_char(block->public_link, '?', 0) == SIZE_MAX ? '?' : '&',
		           score);
	buf_printf(out, "&lang=%.*s", STR_FMT(block->language));
	if (block->properties)
		put_properties(a, out, block);
	return buf_str(out);
}

static void set_colours(struct arena *a, struct template_dict *d, Str text)
{
	struct colour brand;
	if (!colour_parse(text, &brand))
		(void)colour_parse(BRAND_COLOUR_DEFAULT, &brand);
	struct colour ink = colour_readable_on(brand);
	template_set(d, "colour",
	             str_printf(a, "#%02x%02x%02x", brand.red, brand.green, brand.blue));
	template_set(d, "ink", str_printf(a, "#%02x%02x%02x", ink.red, ink.green, ink.blue));
}

static void set_scores(struct arena *a, struct template_dict *d, const struct mail_block *block,
                       const struct page_words *words)
{
	for (int n = 0; n <= NPS_SCORE_MAX; n++) {
		struct template_dict *one = template_list_add(d, "scores");
		template_set_i64(one, "n", n);
		template_set(one, "href", link_of(a, block, n));
		if (n == 0 || n == NPS_SCORE_MAX)
			template_set(one, "label", n == 0 ? words->low : words->high);
	}
}

static Str plain(struct arena *a, const struct mail_block *block, const struct page_words *words)
{
	struct buf *out = buf_in(a, HTML_MAX);
	buf_printf(out, "%.*s\n\n", STR_FMT(words->question));
	for (int n = 0; n <= NPS_SCORE_MAX; n++) {
		Str link = link_of(a, block, n);
		Str end = n == 0 ? words->low : n == NPS_SCORE_MAX ? words->high : STR("");
		buf_printf(out, "%d%s%.*s%s: %.*s\n", n, end.len ? " (" : "", STR_FMT(end),
		           end.len ? ")" : "", STR_FMT(link));
	}
	return buf_str(out);
}

bool mail_block_write(struct arena *a, const struct mail_block *block, Str *html, Str *text,
                      struct err *err)
{
	const struct asset *source = asset_find(STR("share/mail.html"));
	const struct template *template;
	struct page_words words;
	if (!source)
		return err_set(err, ERR_INTERNAL, "the program was built without its mail block");
	page_words_find(a, block->definition, block->language, block->brand, &words);
	words.question = without_isolates(a, words.question);
	struct template_dict *d = template_dict_new(a);
	struct buf *out = buf_in(a, HTML_MAX);
	template_set(d, "lang", block->language);
	template_set(d, "dir", words.rtl ? STR("rtl") : STR("ltr"));
	template_set(d, "start", words.rtl ? STR("right") : STR("left"));
	template_set(d, "end", words.rtl ? STR("left") : STR("right"));
	template_set(d, "question", words.question);
	template_set(d, "low", without_isolates(a, words.low));
	template_set(d, "high", without_isolates(a, words.high));
	set_colours(a, d, block->colour);
	set_scores(a, d, block, &words);
	if (!template_parse(a, source->bytes, &template, err) ||
	    !template_render(template, d, out, err))
		return false;
	*html = buf_str(out);
	*text = plain(a, block, &words);
	return true;
}
