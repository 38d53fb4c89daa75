/* app/discoverer.h - the thread that looks for themes in what comments leave over (reading/theme_search.h): each workspace once a
 * night, and soon after somebody asks.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DISCOVERER_H
#define APP_DISCOVERER_H

struct discoverer;
struct store;

struct discoverer *discoverer_start(struct store *store);
/* Waits for what runs just now. */
void discoverer_stop(struct discoverer *d);

#endif
