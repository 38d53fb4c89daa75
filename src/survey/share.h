/* survey/share.h - the public link of a survey, with labels that say where an answer came from.
 *
 *   https://nps.example.com/s/acme?c=qr&s=Caf%C3%A9+Gr%C3%BCn
 *
 * c is the channel (qr, email, in-app ...), s the source: the place, campaign or table that the link was made for. Both
 * come with the answer as its channel and source. They are short because every letter makes a QR code denser.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_SHARE_H
#define SURVEY_SHARE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define SHARE_LABEL_MAX 64

/* 1 to SHARE_LABEL_MAX bytes without control characters, no space at either end. */
bool share_label_is(Str text);
/* What a label's parameter is called in an answer: "c" is "channel", "s" is "source"; anything else as it is. */
Str share_parameter(Str name);

/* Labels that are empty are left out. `public_url` is the origin, "" while unknown: the address then begins with '/'. */
Str share_url(struct arena *a, const char *public_url, Str public_slug, Str channel, Str source);

#endif
