/* app/dashboard.h - the dashboard's page and its files. Everything it shows comes through the API.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DASHBOARD_H
#define APP_DASHBOARD_H

#include "account/account.h"

/* The context of these routes. */
struct dashboard {
	struct account *account; /* not owned */
	const struct template *page;
	struct arena arena; /* of the page */
};

MUST_USE bool dashboard_open(struct dashboard *dashboard, struct account *account, struct err *err);
void dashboard_close(struct dashboard *dashboard);

extern const struct route dashboard_routes[];
extern const size_t dashboard_route_count;

#endif
