/* survey/survey_api.h - surveys, brands, the journey and personal links over HTTP.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_SURVEY_API_H
#define SURVEY_SURVEY_API_H

#include "net/route.h"

struct link_keys;
struct page_look;

/* The context (struct route_table's room) of the routes of survey/ and feedback/. */
struct survey_room {
	struct link_keys *keys;
	const struct page_look *look;   /* of the hosted pages; NULL outside of the server */
	const char *_Atomic public_url; /* origin without a slash at its end, "" while unknown */
};

extern const struct route survey_routes[];
extern const size_t survey_route_count;
extern const struct route draft_routes[];
extern const size_t draft_route_count;
extern const struct route shelf_routes[];
extern const size_t shelf_route_count;
extern const struct route trend_note_routes[];
extern const size_t trend_note_route_count;
extern const struct route preview_routes[];
extern const size_t preview_route_count;
extern const struct route brand_routes[];
extern const size_t brand_route_count;
extern const struct route link_routes[];
extern const size_t link_route_count;
extern const struct route share_routes[];
extern const size_t share_route_count;
extern const struct route link_list_routes[];
extern const size_t link_list_route_count;
extern const struct route print_routes[];
extern const size_t print_route_count;
extern const struct route identity_routes[];
extern const size_t identity_route_count;

#endif
