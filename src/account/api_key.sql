-- name: api_key_insert
INSERT INTO api_key (workspace_id, id, secret_hash, name, scope, created_at, created_by, revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)

-- name: api_key_find
SELECT k.id, k.name, k.scope, k.created_at, k.created_by, k.revoked_at, COALESCE(w.personal_data, 0)
FROM api_key k JOIN workspace w ON w.workspace_id = $1
WHERE k.workspace_id = $1 AND k.secret_hash = $2 AND k.revoked_at IS NULL

-- name: api_key_get
SELECT id, name, scope, created_at, created_by, revoked_at FROM api_key
WHERE workspace_id = $1 AND id = $2

-- name: api_key_list
SELECT id, name, scope, created_at, created_by, revoked_at FROM api_key
WHERE workspace_id = $1 ORDER BY created_at, id

-- name: api_key_revoke
UPDATE api_key SET revoked_at = $3 WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL
