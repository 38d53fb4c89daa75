/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/sheet.h"

#include "base/asset.h"
#include "base/template.h"

#define SVG_MAX ((size_t)256 << 10)

static const struct paper {
	const char *name, *css;
	int width, height;
} papers[] = {
#define SHEET_PAPER(paper, name, css, width, height) [paper] = { name, css, width, height },
	SHEET_PAPERS(SHEET_PAPER)
#undef SHEET_PAPER
};

/* points: the size of a title, smaller where codes are */
static const struct grid {
	int per_page, columns, rows, points;
} grids[] = {
	{ 1, 1, 1, 28 }, { 2, 1, 2, 20 },  { 4, 2, 2, 16 },  { 6, 2, 3, 14 },
	{ 9, 3, 3, 12 }, { 12, 3, 4, 11 }, { 20, 4, 5, 10 }, { 30, 5, 6, 8 },
};

bool sheet_paper_find(Str name, enum sheet_paper *out)
{
	for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++)
		if (str_eq(name, str_of(papers[i].name))) {
			*out = (enum sheet_paper)i;
			return true;
		}
	return false;
}

static const struct grid *grid_find(int64_t n)
{
	for (size_t i = 0; i < sizeof grids / sizeof grids[0]; i++)
		if (grids[i].per_page == n)
			return &grids[i];
	return NULL;
}

bool sheet_per_page_is(int64_t n)
{
	return grid_find(n) != NULL;
}

static bool put_code(struct arena *a, struct template_dict *page, const struct sheet *sheet,
                     const struct sheet_code *code, struct err *err)
{
	struct template_dict *one = template_list_add(page, "codes");
	struct buf *svg = buf_in(a, SVG_MAX);
	struct qr qr;
	if (!qr_encode(a, code->link, sheet->level, &qr, err))
		return false;
	qr_put_svg(svg, &qr);
	template_set(one, "headline", sheet->headline);
	template_set(one, "title", code->title);
	template_set(one, "svg", buf_str(svg));
	return true;
}

static void set_look(struct template_dict *d, const struct sheet *sheet, const struct grid *grid)
{
	const struct paper *paper = &papers[sheet->paper];
	template_set(d, "lang", sheet->language);
	template_set(d, "dir", sheet->rtl ? STR("rtl") : STR("ltr"));
	template_set(d, "title", sheet->title);
	template_set(d, "style_nonce", sheet->style_nonce);
	template_set(d, "paper", str_of(paper->css));
	template_set_i64(d, "width", paper->width);
	template_set_i64(d, "height", paper->height);
	template_set_i64(d, "columns", grid->columns);
	template_set_i64(d, "rows", grid->rows);
	template_set_i64(d, "points", grid->points);
}

bool sheet_write(struct arena *a, const struct sheet *sheet, Str *html, struct err *err)
{
	const struct asset *source = asset_find(STR("share/sheet.html"));
	const struct grid *grid = grid_find(sheet->per_page);
	const struct template *template;
	if (!source || !grid)
		return err_set(err, ERR_INTERNAL, "the program was built without its sheet");
	struct template_dict *d = template_dict_new(a), *page = NULL;
	struct buf *out = buf_in(a, SHEET_BYTES_MAX);
	set_look(d, sheet, grid);
	for (size_t i = 0; i < sheet->count; i++) {
		if (i % (size_t)grid->per_page == 0)
			page = template_list_add(d, "pages");
		if (!put_code(a, page, sheet, &sheet->codes[i], err))
			return false;
	}
	if (!template_parse(a, source->bytes, &template, err) ||
	    !template_render(template, d, out, err))
		return false;
	*html = buf_str(out);
	return true;
}
