-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: brand_find
SELECT b.id, b.name, b.colour, b.logo_type, b.created_at, b.updated_at
FROM brand b WHERE b.workspace_id = $1 AND b.id = $2

-- name: brand_find_by_name
SELECT b.id, b.name, b.colour, b.logo_type, b.created_at, b.updated_at
FROM brand b WHERE b.workspace_id = $1 AND b.name_folded = $2

-- name: brand_list
SELECT b.id, b.name, b.colour, b.logo_type, b.created_at, b.updated_at
FROM brand b WHERE b.workspace_id = $1 ORDER BY b.name_folded

-- name: brand_logo
SELECT b.logo, b.logo_type FROM brand b WHERE b.workspace_id = $1 AND b.id = $2

-- name: brand_insert
INSERT INTO brand (workspace_id, id, name, name_folded, colour, logo, logo_type, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, NULL, NULL, $6, $6)

-- name: brand_update
UPDATE brand SET name = $3, name_folded = $4, colour = $5, updated_at = $6 WHERE workspace_id = $1 AND id = $2

-- name: brand_set_colour
UPDATE brand SET colour = $3, updated_at = $4 WHERE workspace_id = $1 AND id = $2

-- name: brand_set_logo
UPDATE brand SET logo = $3, logo_type = $4, updated_at = $5 WHERE workspace_id = $1 AND id = $2
