/* text/written_date.h - is a run of digits a date, rather than somebody's number?
 *
 * "12.03.2024", "3/12/2024", "2024-03-12", "5.3.24", with an hour behind it ("12.03.2024 14", "2024-03-12T14"); and from one to
 * another: "2019-2021", "01/2019 - 03/2021", "12.-15.03.2024". Day, month and year have to be possible, for what only looks like a
 * date may be a telephone number. A year of two digits has no dashes before it: British sort codes have.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_WRITTEN_DATE_H
#define TEXT_WRITTEN_DATE_H

#include "base/str.h"

/* The whole run, and nothing but dates. */
bool written_date_is(Str run);

#endif
