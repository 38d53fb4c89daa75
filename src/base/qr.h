/* base/qr.h - QR codes (libqrencode behind it): text in, a square of modules out, as SVG or PNG.
 *
 * Each picture has the quiet zone of four modules that the standard asks for, black on white whatever the page's colours
 * are: scanners want the contrast.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_QR_H
#define BASE_QR_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define QR_TEXT_MAX 1000 /* bytes; more would make modules that phones cannot tell apart */
#define QR_QUIET    4
#define QR_EDGE_MIN 64
#define QR_EDGE_MAX 2048

/* How much of a code may be dirty or torn: 7, 15, 25, 30 %. */
enum qr_level { QR_LOW, QR_MEDIUM, QR_QUARTILE, QR_HIGH };

struct qr {
	size_t edge;                  /* in modules, without the quiet zone */
	const unsigned char *modules; /* edge * edge, 1 is dark */
};

/* "L", "M", "Q" or "H" */
bool qr_level_find(Str name, enum qr_level *out);
/* ERR_TOO_LARGE past QR_TEXT_MAX. */
MUST_USE bool qr_encode(struct arena *a, Str text, enum qr_level level, struct qr *out,
                        struct err *err);
/* An <svg> that scales to whatever it is given. */
void qr_put_svg(struct buf *out, const struct qr *qr);
/* At most `edge` pixels wide, which is QR_EDGE_MIN to QR_EDGE_MAX: modules have whole pixels, all as many. A code of
 * more modules than pixels gets one pixel each. */
Str qr_png(struct arena *a, const struct qr *qr, size_t edge);

#endif
