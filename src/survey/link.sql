-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: link_key_list
SELECT k.kid, k.secret FROM link_key k WHERE k.workspace_id = $1 ORDER BY k.kid

-- name: link_key_newest
SELECT MAX(k.kid) FROM link_key k WHERE k.workspace_id = $1

-- name: link_key_insert
INSERT INTO link_key (workspace_id, kid, secret, created_at) VALUES ($1, $2, $3, $4)

-- name: link_workspaces [global]
SELECT w.workspace_id FROM workspace_name w ORDER BY w.workspace_id
