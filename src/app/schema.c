/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/schema.h"

#include "app/migrations.h"

const struct migration *const schema_migrations = migrations;
const size_t schema_migration_count = sizeof migrations / sizeof migrations[0];
