/* feedback/page_number.h - the number of a shown page: 24 characters that no two pages share, with the time in them.
 *
 * It goes with the form and comes back, so that a double tap, Back and a refresh make one answer, and so that it can be
 * told whether a page was loaded in the middle of a burst. It is no secret and proves nothing.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PAGE_NUMBER_H
#define FEEDBACK_PAGE_NUMBER_H

#include "base/str.h"

Str page_number_make(struct arena *a, int64_t now);
bool page_number_is(Str text);
/* When its page was made, to the millisecond; 0 when it is no number of ours. */
int64_t page_number_time(Str text);

#endif
