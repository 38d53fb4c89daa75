-- name: invite_insert
INSERT INTO invite (workspace_id, id, token_hash, email, email_folded, role, team_id, sees_names, created_at,
	created_by, maker_user, maker_key, expires_at, used_at, revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL, NULL)

-- name: invite_find
SELECT i.id, i.email, i.email_folded, i.role, i.team_id, i.sees_names, i.created_at, i.created_by, i.expires_at,
	i.used_at, i.revoked_at, i.maker_user, i.maker_key
FROM invite i WHERE i.workspace_id = $1 AND i.token_hash = $2

-- name: invite_get
SELECT i.id, i.email, i.email_folded, i.role, i.team_id, i.sees_names, i.created_at, i.created_by, i.expires_at,
	i.used_at, i.revoked_at, i.maker_user, i.maker_key
FROM invite i WHERE i.workspace_id = $1 AND i.id = $2

-- name: invite_list
SELECT i.id, i.email, i.email_folded, i.role, i.team_id, i.sees_names, i.created_at, i.created_by, i.expires_at,
	i.used_at, i.revoked_at, i.maker_user, i.maker_key
FROM invite i WHERE i.workspace_id = $1 AND i.used_at IS NULL AND i.revoked_at IS NULL
ORDER BY i.created_at DESC, i.id DESC LIMIT 200

-- name: invite_maker_role
SELECT m.role FROM membership m JOIN app_user u ON u.id = m.user_id
WHERE m.workspace_id = $1 AND m.user_id = $2 AND u.disabled_at IS NULL

-- name: invite_maker_is_key
SELECT COUNT(*) FROM api_key WHERE workspace_id = $1 AND id = $2 AND scope = $3 AND revoked_at IS NULL

-- name: invite_use
UPDATE invite SET used_at = $3 WHERE workspace_id = $1 AND id = $2 AND used_at IS NULL

-- name: invite_revoke
UPDATE invite SET revoked_at = $3 WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL AND used_at IS NULL

-- name: invite_revoke_others
UPDATE invite SET revoked_at = $3
WHERE workspace_id = $1 AND email_folded = $2 AND revoked_at IS NULL AND used_at IS NULL
