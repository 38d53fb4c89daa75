/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "alerts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct alert alerts_only(struct ground *g)
{
	struct alert *alerts;
	struct err err;
	size_t count;
	if (!alert_list(g->db, &g->arena, g->workspace, &alerts, &count, &err))
		fail_msg("%s", err.msg);
	assert_int_equal(count, 1);
	return alerts[0];
}
