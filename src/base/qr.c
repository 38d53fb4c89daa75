/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/qr.h"

#include <qrencode.h>
#include <string.h>

#include "base/png.h"

#define SVG_SCALE ((size_t)8) /* pixels a module where nobody says how large */

static const QRecLevel levels[] = { QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H };

bool qr_level_find(Str name, enum qr_level *out)
{
	size_t at = name.len == 1 ? str_find_char(STR("LMQH"), name.at[0], 0) : SIZE_MAX;
	if (at == SIZE_MAX)
		return false;
	*out = (enum qr_level)at;
	return true;
}

/* libqrencode sets further bits of each module for its own use; the lowest is the colour. */
static void take(struct arena *a, const QRcode *code, struct qr *out)
{
	size_t edge = (size_t)code->width;
	unsigned char *modules = arena_alloc(a, edge * edge);
	for (size_t i = 0; i < edge * edge; i++)
		modules[i] = code->data[i] & 1;
	*out = (struct qr){ .edge = edge, .modules = modules };
}

bool qr_encode(struct arena *a, Str text, enum qr_level level, struct qr *out, struct err *err)
{
	if (text.len == 0 || text.len > QR_TEXT_MAX)
		return err_set(err, ERR_TOO_LARGE,
		               "a QR code holds 1 to %d characters here, not %zu", QR_TEXT_MAX,
		               text.len);
	QRcode *code =
	    QRcode_encodeData((int)text.len, (const unsigned char *)text.at, 0, levels[level]);
	if (!code)
		return err_set(err, ERR_INTERNAL, "the QR code could not be made");
	take(a, code, out);
	QRcode_free(code);
	return true;
}

/* One rectangle for each run of dark modules in a row. */
static void put_path(struct buf *out, const struct qr *qr)
{
	for (size_t y = 0; y < qr->edge; y++)
		for (size_t x = 0; x < qr->edge; x++) {
			size_t start = x;
			while (x < qr->edge && qr->modules[y * qr->edge + x])
				x++;
			if (x > start)
				buf_printf(out, "M%zu %zuh%zuv1h-%zuz", start + QR_QUIET,
				           y + QR_QUIET, x - start, x - start);
		}
}

void qr_put_svg(struct buf *out, const struct qr *qr)
{
	size_t edge = qr->edge + 2 * (size_t)QR_QUIET;
	buf_printf(out,
	           "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %zu %zu\" "
	           "width=\"%zu\" height=\"%zu\" shape-rendering=\"crispEdges\">"
	           "<path fill=\"#fff\" d=\"M0 0h%zuv%zuh-%zuz\"/><path d=\"",
	           edge, edge, edge * SVG_SCALE, edge * SVG_SCALE, edge, edge, edge);
	put_path(out, qr);
	buf_add(out, STR("\"/></svg>"));
}

Str qr_png(struct arena *a, const struct qr *qr, size_t edge)
{
	size_t modules = qr->edge + 2 * (size_t)QR_QUIET;
	size_t scale = edge / modules > 0 ? edge / modules : 1;
	size_t wide = modules * scale;
	unsigned char *pixels = arena_alloc(a, wide * wide);
	memset(pixels, 0, wide * wide);
	for (size_t y = 0; y < qr->edge * scale; y++)
		for (size_t x = 0; x < qr->edge * scale; x++)
			pixels[(y + QR_QUIET * scale) * wide + x + QR_QUIET * scale] =
			    qr->modules[y / scale * qr->edge + x / scale];
	return png_write(a, pixels, wide, wide);
}
