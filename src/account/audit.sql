-- name: audit_insert
INSERT INTO audit (workspace_id, id, at, actor, action, subject, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: audit_list
SELECT id, at, actor, action, subject, detail FROM audit
WHERE workspace_id = $1 AND (at, id) < ($2, $3) AND at >= $4
	AND (CAST($5 AS TEXT) IS NULL OR actor = $5)
	AND (CAST($6 AS TEXT) IS NULL OR SUBSTR(action, 1, LENGTH(CAST($6 AS TEXT))) = $6)
	AND (CAST($7 AS TEXT) IS NULL OR SUBSTR(subject, 1, LENGTH(CAST($7 AS TEXT))) = $7)
ORDER BY at DESC, id DESC LIMIT $8
