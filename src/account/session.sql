-- Sessions and login links are found by the hash of a token that carries no workspace: global tables.

-- name: session_insert [global]
INSERT INTO session (token_hash, user_id, workspace_id, created_at, expires_at, address, agent, seen_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $4)

-- name: session_find [global]
SELECT s.user_id, s.workspace_id, s.created_at, s.expires_at, u.email, s.seen_at, t.confirmed_at
FROM session s JOIN app_user u ON u.id = s.user_id LEFT JOIN user_totp t ON t.user_id = s.user_id
WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.disabled_at IS NULL

-- name: session_move [global]
UPDATE session SET workspace_id = $2 WHERE token_hash = $1

-- name: session_end [global]
DELETE FROM session WHERE token_hash = $1

-- name: session_end_all [global]
DELETE FROM session WHERE user_id = $1

-- name: session_seen [global]
UPDATE session SET seen_at = $2, address = $3 WHERE token_hash = $1

-- name: session_list [global]
SELECT token_hash, created_at, COALESCE(seen_at, created_at), address, agent FROM session
WHERE user_id = $1 AND expires_at > $2 ORDER BY 3 DESC, created_at DESC

-- name: session_last_seen [global]
SELECT MAX(COALESCE(seen_at, created_at)) FROM session WHERE user_id = $1

-- name: session_end_others [global]
DELETE FROM session WHERE user_id = $1 AND token_hash <> $2

-- name: session_end_in [global]
DELETE FROM session WHERE user_id = $1 AND workspace_id = $2

-- name: session_any_over [global]
SELECT 1 FROM session WHERE expires_at <= $1 LIMIT 1

-- name: session_prune [global]
DELETE FROM session WHERE expires_at <= $1

-- name: login_link_insert [global]
INSERT INTO login_link (token_hash, user_id, workspace_id, expires_at) VALUES ($1, $2, $3, $4)

-- name: login_link_find [global]
SELECT l.user_id, l.workspace_id, CAST(0 AS BIGINT), l.expires_at, u.email, CAST(0 AS BIGINT), CAST(0 AS BIGINT)
FROM login_link l JOIN app_user u ON u.id = l.user_id
WHERE l.token_hash = $1 AND l.expires_at > $2 AND u.disabled_at IS NULL

-- name: login_link_drop [global]
DELETE FROM login_link WHERE token_hash = $1

-- name: login_link_drop_all [global]
DELETE FROM login_link WHERE user_id = $1

-- name: login_link_any_over [global]
SELECT 1 FROM login_link WHERE expires_at <= $1 LIMIT 1

-- name: login_link_prune [global]
DELETE FROM login_link WHERE expires_at <= $1
