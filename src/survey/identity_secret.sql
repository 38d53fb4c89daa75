-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: identity_secret_list
SELECT i.number, i.secret, i.created_at FROM identity_secret i
WHERE i.workspace_id = $1 ORDER BY i.number DESC LIMIT 2

-- name: identity_secret_insert
INSERT INTO identity_secret (workspace_id, number, secret, created_at) VALUES ($1, $2, $3, $4)

-- name: identity_secret_forget
-- All before that number.
DELETE FROM identity_secret WHERE workspace_id = $1 AND number < $2
