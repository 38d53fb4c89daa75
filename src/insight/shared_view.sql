-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: shared_view_insert
INSERT INTO shared_view (workspace_id, id, token_hash, name, what, filter, last_days, split, quotes, shows_answers, scope,
	actor, created_by, created_by_key, created_at, expires_at, revoked_at, password_hash, views, seen_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, NULL, $17, 0, NULL)

-- name: shared_view_list
SELECT v.id, v.name, v.what, v.filter, v.last_days, v.split, v.quotes, v.shows_answers, v.scope, v.actor, v.created_by,
	v.created_by_key, v.created_at, v.expires_at, v.revoked_at, v.password_hash, v.views, v.seen_at
FROM shared_view v WHERE v.workspace_id = $1 ORDER BY v.created_at DESC, v.id DESC LIMIT $2

-- name: shared_view_list_own
SELECT v.id, v.name, v.what, v.filter, v.last_days, v.split, v.quotes, v.shows_answers, v.scope, v.actor, v.created_by,
	v.created_by_key, v.created_at, v.expires_at, v.revoked_at, v.password_hash, v.views, v.seen_at
FROM shared_view v WHERE v.workspace_id = $1 AND v.created_by = $3 ORDER BY v.created_at DESC, v.id DESC LIMIT $2

-- name: shared_view_find
SELECT v.id, v.name, v.what, v.filter, v.last_days, v.split, v.quotes, v.shows_answers, v.scope, v.actor, v.created_by,
	v.created_by_key, v.created_at, v.expires_at, v.revoked_at, v.password_hash, v.views, v.seen_at
FROM shared_view v WHERE v.workspace_id = $1 AND v.id = $2

-- name: shared_view_by_token
SELECT v.id, v.name, v.what, v.filter, v.last_days, v.split, v.quotes, v.shows_answers, v.scope, v.actor, v.created_by,
	v.created_by_key, v.created_at, v.expires_at, v.revoked_at, v.password_hash, v.views, v.seen_at
FROM shared_view v WHERE v.workspace_id = $1 AND v.token_hash = $2

-- name: shared_view_update
UPDATE shared_view SET name = $3, expires_at = $4, revoked_at = $5, password_hash = $6
WHERE workspace_id = $1 AND id = $2

-- name: shared_view_count
UPDATE shared_view SET views = views + 1, seen_at = $3 WHERE workspace_id = $1 AND id = $2
