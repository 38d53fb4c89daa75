/* reading/coverage_api.h - what works in which language, how well, measured on what, and how many comments are in it.
 *
 * Figures are those of models/figures.json, which tests/eval compares with what it measures. A language without a figure may work
 * all the same: then nobody has measured it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_COVERAGE_API_H
#define READING_COVERAGE_API_H

#include "net/route.h"

extern const struct route coverage_routes[];
extern const size_t coverage_route_count;

#endif
