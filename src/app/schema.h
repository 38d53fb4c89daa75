/* app/schema.h - the migrations of this program, made from app/migrations/ by the build.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_SCHEMA_H
#define APP_SCHEMA_H

#include "db/migrate.h"

extern const struct migration *const schema_migrations;
extern const size_t schema_migration_count;

#endif
