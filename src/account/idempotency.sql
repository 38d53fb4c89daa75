-- name: idempotency_find
SELECT body_hash, subject_id FROM idempotency
WHERE workspace_id = $1 AND key = $2 AND created_at > $3

-- name: idempotency_keep
INSERT INTO idempotency (workspace_id, key, body_hash, subject_id, created_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (workspace_id, key) DO UPDATE
SET body_hash = excluded.body_hash, subject_id = excluded.subject_id, created_at = excluded.created_at
WHERE idempotency.workspace_id = $1 AND idempotency.created_at <= $6

-- name: idempotency_any_over
SELECT 1 FROM idempotency WHERE workspace_id = $1 AND created_at <= $2 LIMIT 1

-- name: idempotency_prune
DELETE FROM idempotency WHERE workspace_id = $1 AND key IN (
	SELECT i.key FROM idempotency i WHERE i.workspace_id = $1 AND i.created_at <= $2
	ORDER BY i.created_at LIMIT 500)
