/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/template.h"

#include <inttypes.h>
#include <string.h>

#include "base/die.h"
#include "base/utf8.h"

enum {
	NESTING_MAX = 16,
	/* A template that repeats a list inside itself must not keep a worker busy. */
	PARTS_RENDERED_MAX = 2000000
};

enum part_kind { PART_TEXT, PART_VALUE, PART_MARKUP, PART_SECTION, PART_UNLESS, PART_END };

struct part {
	enum part_kind kind;
	Str text;    /* the text itself, or a name */
	size_t skip; /* of a section: index of its PART_END */
};

struct template
{
	const struct part *parts;
	size_t count;
};

struct parser {
	Str source;
	size_t at;
	struct buf parts; /* of struct part */
	size_t open[NESTING_MAX];
	size_t depth;
};

static struct part *part_at(const struct parser *p, size_t index)
{
	return (struct part *)(void *)p->parts.at + index;
}

static size_t part_count(const struct parser *p)
{
	return p->parts.len / sizeof(struct part);
}

static void part_add(struct parser *p, enum part_kind kind, Str text)
{
	struct part part = { .kind = kind, .text = text };
	if (kind == PART_TEXT && text.len == 0)
		return;
	buf_add(&p->parts, (Str){ (const char *)&part, sizeof part });
}

static size_t line_of(const struct parser *p, size_t at)
{
	size_t line = 1;
	for (size_t i = 0; i < at; i++)
		line += p->source.at[i] == '\n';
	return line;
}

static bool refuse(const struct parser *p, size_t at, const char *why, Str name, struct err *err)
{
	return err_set(err, ERR_INVALID, "template line %zu: %s %.*s", line_of(p, at), why,
	               STR_FMT(utf8_prefix(name, 64)));
}

static bool name_is_valid(Str name)
{
	if (name.len == 0 || name.len > 64)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '_' || c == '-' || c == '.'))
			return false;
	}
	return true;
}

static bool section_open(struct parser *p, enum part_kind kind, Str name, size_t at,
                         struct err *err)
{
	if (p->depth == NESTING_MAX)
		return refuse(p, at, "sections are nested too deep at", name, err);
	p->open[p->depth++] = part_count(p);
	part_add(p, kind, name);
	return true;
}

static bool section_close(struct parser *p, Str name, size_t at, struct err *err)
{
	if (p->depth == 0)
		return refuse(p, at, "no section is open to be closed by", name, err);
	struct part *opened = part_at(p, p->open[p->depth - 1]);
	if (!str_eq(opened->text, name))
		return refuse(p, at, "the open section is another one than", name, err);
	opened->skip = part_count(p);
	p->depth--;
	part_add(p, PART_END, name);
	return true;
}

static bool is_blank_text(Str s)
{
	return str_trim(s).len == 0;
}

/* A section or comment tag alone on its line takes the line with it: `before` loses its indentation and the
 * parser steps over the line end. */
static void take_whole_line(struct parser *p, size_t tag_at, Str *before)
{
	size_t start = tag_at, end = p->at;
	while (start > 0 && p->source.at[start - 1] != '\n')
		start--;
	while (end < p->source.len && p->source.at[end] != '\n')
		end++;
	if (start < tag_at - before->len ||
	    !is_blank_text(str_slice(p->source, start, tag_at - start)) ||
	    !is_blank_text(str_slice(p->source, p->at, end - p->at)))
		return;
	before->len -= tag_at - start;
	p->at = end < p->source.len ? end + 1 : end;
}

static bool tag_add(struct parser *p, size_t tag_at, Str before, Str inside, struct err *err)
{
	char sign = inside.len ? inside.at[0] : '\0';
	bool signed_tag = sign == '#' || sign == '^' || sign == '/' || sign == '!';
	Str name = str_trim(signed_tag ? str_from(inside, 1) : inside);
	if (sign != '!' && !name_is_valid(name))
		return refuse(p, tag_at, "this is no name:", name, err);
	if (signed_tag)
		take_whole_line(p, tag_at, &before);
	part_add(p, PART_TEXT, before);
	if (sign == '#')
		return section_open(p, PART_SECTION, name, tag_at, err);
	if (sign == '^')
		return section_open(p, PART_UNLESS, name, tag_at, err);
	if (sign == '/')
		return section_close(p, name, tag_at, err);
	if (sign != '!')
		part_add(p, PART_VALUE, name);
	return true;
}

/* One tag and the text before it. */
static bool tag_parse(struct parser *p, size_t tag_at, struct err *err)
{
	Str rest = str_from(p->source, tag_at);
	Str before = str_slice(p->source, p->at, tag_at - p->at);
	bool markup = str_starts(rest, STR("{{{"));
	Str closing = markup ? STR("}}}") : STR("}}");
	Str inside = str_from(rest, closing.len);
	size_t len = str_find(inside, closing);
	if (len == SIZE_MAX)
		return refuse(p, tag_at, "a tag does not end:", utf8_prefix(rest, 24), err);
	inside.len = len;
	p->at = tag_at + closing.len + len + closing.len;
	if (!markup)
		return tag_add(p, tag_at, before, inside, err);
	if (!name_is_valid(str_trim(inside)))
		return refuse(p, tag_at, "this is no name:", str_trim(inside), err);
	part_add(p, PART_TEXT, before);
	part_add(p, PART_MARKUP, str_trim(inside));
	return true;
}

static bool parse_all(struct parser *p, struct err *err)
{
	for (;;) {
		size_t found = str_find(str_from(p->source, p->at), STR("{{"));
		if (found == SIZE_MAX)
			break;
		if (!tag_parse(p, p->at + found, err))
			return false;
	}
	part_add(p, PART_TEXT, str_from(p->source, p->at));
	if (p->depth > 0)
		return refuse(p, p->source.len,
		              "a section is not closed:", part_at(p, p->open[p->depth - 1])->text,
		              err);
	return true;
}

bool template_parse(struct arena *a, Str source, const struct template **out, struct err *err)
{
	struct parser p = { .source = source };
	buf_init(&p.parts, SIZE_MAX / 4);
	bool ok = parse_all(&p, err);
	if (ok) {
		struct template *t = ARENA_NEW(a, struct template);
		struct part *parts = ARENA_ARRAY(a, struct part, part_count(&p));
		if (p.parts.len)
			memcpy(parts, p.parts.at, p.parts.len);
		t->parts = parts;
		t->count = part_count(&p);
		*out = t;
	}
	buf_free(&p.parts);
	return ok;
}

struct template_dict {
	struct arena *arena;
	struct entry *entries;
	struct template_dict *next; /* in a list */
};

/* A text, a truth or a list, whatever was set last. */
struct entry {
	const char *name;
	bool holds; /* a section stands */
	Str text;
	struct template_dict *first, *last;
	struct entry *next;
};

/* Where names are looked up, innermost first. */
struct scope {
	const struct template_dict *dict;
	const struct scope *outer;
};

struct template_dict *template_dict_new(struct arena *a)
{
	struct template_dict *d = ARENA_NEW(a, struct template_dict);
	d->arena = a;
	return d;
}

static struct entry *entry_of(const struct template_dict *d, Str name)
{
	for (struct entry *e = d->entries; e; e = e->next)
		if (str_eq(str_of(e->name), name))
			return e;
	return NULL;
}

static struct entry *entry_get(struct template_dict *d, const char *name)
{
	struct entry *e = entry_of(d, str_of(name));
	if (e)
		return e;
	MUST(name_is_valid(str_of(name)));
	e = ARENA_NEW(d->arena, struct entry);
	e->name = name;
	e->next = d->entries;
	d->entries = e;
	return e;
}

void template_set(struct template_dict *d, const char *name, Str value)
{
	struct entry *e = entry_get(d, name);
	e->text = value;
	e->holds = value.len > 0;
	e->first = e->last = NULL;
}

void template_set_bool(struct template_dict *d, const char *name, bool value)
{
	template_set(d, name, (Str){ NULL, 0 });
	entry_get(d, name)->holds = value;
}

void template_set_i64(struct template_dict *d, const char *name, int64_t value)
{
	template_set(d, name, str_printf(d->arena, "%" PRId64, value));
}

struct template_dict *template_list_add(struct template_dict *d, const char *name)
{
	struct entry *e = entry_get(d, name);
	struct template_dict *item = template_dict_new(d->arena);
	if (e->last)
		e->last->next = item;
	else
		e->first = item;
	e->last = item;
	e->holds = true;
	e->text = (Str){ NULL, 0 };
	return item;
}

static const struct entry *scope_find(const struct scope *s, Str name)
{
	for (; s; s = s->outer) {
		const struct entry *e = entry_of(s->dict, name);
		if (e)
			return e;
	}
	return NULL;
}

static void add_escaped(struct buf *out, Str text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.len; i++) {
		Str entity = { NULL, 0 };
		switch (text.at[i]) {
		case '&':
			entity = STR("&amp;");
			break;
		case '<':
			entity = STR("&lt;");
			break;
		case '>':
			entity = STR("&gt;");
			break;
		case '"':
			entity = STR("&quot;");
			break;
		case '\'':
			entity = STR("&#39;");
			break;
		default:
			continue;
		}
		buf_add(out, str_slice(text, from, i - from));
		buf_add(out, entity);
		from = i + 1;
	}
	buf_add(out, str_from(text, from));
}

struct rendering {
	const struct template *template;
	struct buf *out;
	size_t rendered;
};

static void render(struct rendering *r, size_t from, size_t to, const struct scope *s);

/* Depth is bounded by NESTING_MAX. */
static void render_section(struct rendering *r, size_t at, const struct scope *s)
{
	const struct part *part = &r->template->parts[at];
	const struct entry *e = scope_find(s, part->text);
	if ((e && e->holds) != (part->kind == PART_SECTION))
		return;
	if (part->kind == PART_UNLESS || !e->first) {
		render(r, at + 1, part->skip, s);
		return;
	}
	for (const struct template_dict *item = e->first; item; item = item->next) {
		struct scope inner = { .dict = item, .outer = s };
		if (r->out->overflowed || ++r->rendered > PARTS_RENDERED_MAX)
			return;
		render(r, at + 1, part->skip, &inner);
	}
}

static void render(struct rendering *r, size_t from, size_t to, const struct scope *s)
{
	for (size_t i = from; i < to; i++) {
		const struct part *part = &r->template->parts[i];
		const struct entry *e = NULL;
		if (r->out->overflowed || ++r->rendered > PARTS_RENDERED_MAX)
			return;
		switch (part->kind) {
		case PART_TEXT:
			buf_add(r->out, part->text);
			break;
		case PART_VALUE:
			e = scope_find(s, part->text);
			if (e)
				add_escaped(r->out, e->text);
			break;
		case PART_MARKUP:
			e = scope_find(s, part->text);
			if (e)
				buf_add(r->out, e->text);
			break;
		case PART_SECTION:
		case PART_UNLESS:
			render_section(r, i, s);
			i = part->skip;
			break;
		case PART_END:
			break;
		}
	}
}

bool template_render(const struct template *t, const struct template_dict *d, struct buf *out,
                     struct err *err)
{
	struct scope scope = { .dict = d };
	struct rendering r = { .template = t, .out = out };
	render(&r, 0, t->count, &scope);
	if (out->overflowed)
		return err_set(err, ERR_TOO_LARGE, "the page is longer than %zu bytes", out->max);
	if (r.rendered > PARTS_RENDERED_MAX)
		return err_set(err, ERR_TOO_LARGE, "the page repeats too much");
	return true;
}
