-- name: audit_insert
INSERT INTO audit (workspace_id, id, at, actor, action, subject, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: audit_list
SELECT id, at, actor, action, subject, detail FROM audit
WHERE workspace_id = $1 ORDER BY at DESC, id DESC LIMIT $2
