/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/taxonomy.h"

#include <string.h>

#include "base/utf8.h"

#define INDUSTRY_KEY(name, key) key,
static const char *const industry_keys[] = { INDUSTRIES(INDUSTRY_KEY) };
#undef INDUSTRY_KEY

struct parse {
	struct arena *a;
	struct taxonomy *out;
	struct seed *seeds;
	size_t cap;
	uint32_t line;
	uint32_t theme_line; /* where the theme at hand begins */
	struct err *err;
};

static bool wrong(struct parse *p, const char *what, Str where)
{
	return err_set(p->err, ERR_INVALID, "line %u: %s: \"%.*s\"", p->line, what,
	               STR_FMT(str_slice(where, 0, 60)));
}

Str industry_key(enum industry i)
{
	return str_of(industry_keys[i]);
}

int taxonomy_find(const struct taxonomy *t, Str key)
{
	for (uint32_t i = 0; i < t->themes; i++)
		if (str_eq(t->theme[i].key, key))
			return (int)i;
	return -1;
}

Str theme_name(const struct theme *t, enum tongue tongue)
{
	return t->name[tongue].len ? t->name[tongue] : t->name[TONGUE_OTHER];
}

static bool is_key(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!((s.at[i] >= 'a' && s.at[i] <= 'z') || (s.at[i] >= '0' && s.at[i] <= '9') ||
		      s.at[i] == '_'))
			return false;
	return s.len > 0 && s.len <= TAXONOMY_NAME_MAX;
}

static bool theme_ends(struct parse *p)
{
	struct taxonomy *t = p->out;
	if (t->themes == 0)
		return true;
	const struct theme *last = &t->theme[t->themes - 1];
	if (last->name[TONGUE_OTHER].len > 0)
		return true;
	p->line = p->theme_line;
	return wrong(p, "this theme has no name; write a line such as \"name: Price\" below it",
	             last->key);
}

static bool theme_begins(struct parse *p, Str line)
{
	struct taxonomy *t = p->out;
	Str key = str_trim(str_slice(line, 1, line.len - 2));
	if (line.at[line.len - 1] != ']' || !is_key(key))
		return wrong(p, "a theme's key is a-z, 0-9 and _ in brackets, such as [price]",
		             line);
	if (taxonomy_find(t, key) >= 0)
		return wrong(p, "there is a theme of this key already", key);
	if (!theme_ends(p))
		return false;
	if (t->themes == TAXONOMY_THEMES_MAX)
		return wrong(p, "there is room for 64 themes; this is one too many", key);
	t->theme[t->themes++] = (struct theme){ .key = str_copy(p->a, key) };
	p->theme_line = p->line;
	return true;
}

static bool take_industries(struct parse *p, struct theme *theme, Str list)
{
	Str one;
	while (str_cut(&list, ',', &one)) {
		one = str_trim(one);
		unsigned bits = str_eq(one, STR("all")) ? INDUSTRY_ALL : 0;
		for (unsigned i = 0; i < INDUSTRY_COUNT; i++)
			if (str_eq(one, str_of(industry_keys[i])))
				bits = 1U << i;
		if (!bits)
			return wrong(p,
			             "no industry; there are saas, retail, telecoms, hospitality, "
			             "health, finance and all",
			             one);
		theme->industries |= bits;
	}
	return true;
}

/* "tast*", "*preis", "=bill" or a word. */
static bool take_word(struct parse *p, Str s, struct seed_word *out)
{
	*out = (struct seed_word){ .theme = -1, .gap = out->gap };
	if (s.at[0] == '=') {
		out->form = SEED_EXACT;
		s = str_from(s, 1);
	} else if (s.at[0] == '*') {
		out->form = SEED_ENDS;
		s = str_from(s, 1);
	} else if (s.at[s.len - 1] == '*') {
		out->form = SEED_BEGINS;
		s = str_slice(s, 0, s.len - 1);
	}
	for (size_t i = 0; i < s.len; i++)
		if (strchr("*=<>|[]\"", s.at[i]))
			return wrong(p,
			             "a word may begin with * or =, or end with *, not have them "
			             "elsewhere",
			             s);
	if (s.len == 0 || s.len > TAXONOMY_NAME_MAX)
		return wrong(p, "a word has 1 to 64 bytes", s);
	out->word = str_copy(p->a, s);
	return true;
}

/* Themes are looked up when all are known. */
static bool take_alternatives(struct parse *p, Str list, const struct seed_word **out,
                              uint32_t *count)
{
	struct seed_word *words = ARENA_ARRAY(p->a, struct seed_word, TAXONOMY_ALTERNATIVES_MAX);
	Str one;
	if (*count)
		return wrong(p, "\"near\" and \"unless\" may come once a seed", list);
	while (str_cut(&list, '|', &one)) {
		if (*count == TAXONOMY_ALTERNATIVES_MAX)
			return wrong(p, "there is room for 32 alternatives", one);
		if (one.len == 0)
			return wrong(p, "a word is missing between |", list);
		struct seed_word *w = &words[(*count)++];
		if (one.at[0] != '<') {
			if (!take_word(p, one, w))
				return false;
			continue;
		}
		Str key = str_slice(one, 1, one.len - 2);
		if (one.at[one.len - 1] != '>' || !is_key(key))
			return wrong(p, "a theme in a condition is written <key>", one);
		*w = (struct seed_word){ .word = str_copy(p->a, key), .theme = 0 };
	}
	*out = words;
	return true;
}

static bool take_seed(struct parse *p, Str text, struct seed *s)
{
	Str rest = text, one;
	bool gap = false;
	while (str_cut(&rest, ' ', &one)) {
		if (one.len == 0)
			continue;
		bool near = str_eq(one, STR("near")), unless = str_eq(one, STR("unless"));
		if ((near || unless) && s->words > 0) {
			Str list = { 0 };
			while (str_cut(&rest, ' ', &list) && list.len == 0)
				;
			if (list.len == 0)
				return wrong(p, "words must follow behind near or unless", text);
			if (near ? !take_alternatives(p, list, &s->near, &s->near_count)
			         : !take_alternatives(p, list, &s->unless, &s->unless_count))
				return false;
		} else if (s->near_count || s->unless_count) {
			return wrong(p, "alternatives are parted by | without spaces", text);
		} else if (str_eq(one, STR(".."))) {
			gap = s->words > 0;
		} else if (s->words == TAXONOMY_WORDS_MAX) {
			return wrong(p, "a seed has at most four words", text);
		} else {
			s->word[s->words].gap = gap;
			gap = false;
			if (!take_word(p, one, &s->word[s->words++]))
				return false;
		}
	}
	if (s->words == 0 || gap)
		return wrong(p, "a seed begins and ends with a word", text);
	return true;
}

static struct seed *room_for_seed(struct parse *p)
{
	if (p->out->seeds == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 256;
		struct seed *larger = ARENA_ARRAY(p->a, struct seed, cap);
		if (p->cap)
			memcpy(larger, p->seeds, p->cap * sizeof *larger);
		p->seeds = larger;
		p->cap = cap;
	}
	return &p->seeds[p->out->seeds];
}

static bool take_seeds(struct parse *p, const struct seed *like, Str list)
{
	Str one;
	while (str_cut(&list, ',', &one)) {
		one = str_trim(one);
		if (one.len == 0)
			continue; /* a comma at the end of a line is no mistake */
		if (p->out->seeds == TAXONOMY_SEEDS_MAX)
			return wrong(p, "there is room for 20000 seeds", one);
		struct seed *s = room_for_seed(p);
		*s = *like;
		s->text = str_copy(p->a, one);
		if (!take_seed(p, one, s))
			return false;
		p->out->seeds++;
	}
	return true;
}

static bool take_name(struct parse *p, struct theme *theme, Str code, Str name)
{
	enum tongue t = tongue_of_tag(code);
	if (code.len > 0 && t == TONGUE_OTHER)
		return wrong(p, "Heed does not read this language", code);
	if (name.len == 0 || name.len > TAXONOMY_NAME_MAX)
		return wrong(p, "a name has 1 to 64 bytes", name);
	if (theme->name[t].len > 0)
		return wrong(p, "the theme has a name in this language already", name);
	theme->name[t] = str_copy(p->a, name);
	return true;
}

/* "en", "en maybe", "any not", "name de", "industries", and what stands behind the colon. */
static bool take_line(struct parse *p, Str line)
{
	struct taxonomy *t = p->out;
	size_t colon = str_find_char(line, ':', 0);
	if (colon == SIZE_MAX)
		return wrong(
		    p, "expected a theme such as [price], or a line such as \"en: price, cost\"",
		    line);
	if (t->themes == 0)
		return wrong(p, "a theme such as [price] must come first", line);
	struct theme *theme = &t->theme[t->themes - 1];
	Str rest = str_trim(str_slice(line, 0, colon)), first;
	str_cut(&rest, ' ', &first);
	Str second = str_trim(rest), value = str_trim(str_from(line, colon + 1));
	if (str_eq(first, STR("name")))
		return take_name(p, theme, second, value);
	if (str_eq(first, STR("industries")) && second.len == 0)
		return take_industries(p, theme, value);
	struct seed like = { .theme = (uint16_t)(t->themes - 1), .line = p->line };
	like.any = str_eq(first, STR("any"));
	like.tongue = tongue_of_tag(first);
	if (!like.any && like.tongue == TONGUE_OTHER)
		return wrong(p, "expected name, industries, any or a language such as en", first);
	if (str_eq(second, STR("maybe")))
		like.kind = SEED_MAYBE;
	else if (str_eq(second, STR("not")))
		like.kind = SEED_NOT;
	else if (second.len > 0)
		return wrong(p, "behind a language only maybe or not may stand", second);
	return take_seeds(p, &like, value);
}

static bool name_themes(struct parse *p, const struct seed *s, const struct seed_word *words,
                        uint32_t count, struct seed_word **out)
{
	*out = ARENA_ARRAY(p->a, struct seed_word, count);
	for (uint32_t i = 0; i < count; i++) {
		(*out)[i] = words[i];
		if (words[i].theme < 0)
			continue;
		(*out)[i].theme = taxonomy_find(p->out, words[i].word);
		p->line = s->line;
		if ((*out)[i].theme < 0)
			return wrong(p, "the file has no such theme", words[i].word);
	}
	return true;
}

static bool resolve(struct parse *p)
{
	for (uint32_t i = 0; p->seeds && i < p->out->seeds; i++) {
		struct seed *s = &p->seeds[i];
		struct seed_word *near, *unless;
		if (!name_themes(p, s, s->near, s->near_count, &near) ||
		    !name_themes(p, s, s->unless, s->unless_count, &unless))
			return false;
		s->near = near;
		s->unless = unless;
	}
	return true;
}

static bool read_lines(struct parse *p, Str text)
{
	Str line;
	while (str_cut(&text, '\n', &line)) {
		p->line++;
		line = str_trim(line);
		if (line.len == 0 || line.at[0] == '#')
			continue;
		if (!utf8_is_valid(line) || memchr(line.at, 0, line.len))
			return err_set(p->err, ERR_INVALID,
			               "line %u: this is not UTF-8; save the file as UTF-8",
			               p->line);
		if (line.at[0] == '[' ? !theme_begins(p, line) : !take_line(p, line))
			return false;
	}
	return theme_ends(p) && resolve(p);
}

bool taxonomy_read(struct arena *a, Str text, struct taxonomy *out, struct err *err)
{
	if (text.len > TAXONOMY_BYTES_MAX)
		return err_set(err, ERR_INVALID, "a taxonomy has at most 1 MB; this is longer");
	if (str_starts(text, STR("\xEF\xBB\xBF")))
		text = str_from(text, 3);
	struct taxonomy *t = ARENA_NEW(a, struct taxonomy);
	struct parse p = { .a = a, .out = t, .err = err };
	if (!read_lines(&p, text))
		return false;
	if (t->themes == 0)
		return err_set(err, ERR_INVALID,
		               "the file has no theme; one begins with a line such as [price]");
	t->seed = p.seeds;
	*out = *t;
	return true;
}
