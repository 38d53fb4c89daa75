/* tests/insight/alerts.h - what rounds have told a workspace.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_INSIGHT_ALERTS_H
#define TESTS_INSIGHT_ALERTS_H

#include "../feedback/ground.h"
#include "insight/alert.h"

/* The one that there is; none or more fail the test. */
struct alert alerts_only(struct ground *g);

#endif
