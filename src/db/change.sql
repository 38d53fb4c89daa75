-- name: change_rev_next
UPDATE workspace_rev SET rev = rev + 1 WHERE workspace_id = $1 RETURNING rev

-- name: change_rev_first
INSERT INTO workspace_rev (workspace_id, rev) VALUES ($1, 1)

-- name: change_rev_hold [postgres]
INSERT INTO workspace_rev (workspace_id, rev) VALUES ($1, 0)
ON CONFLICT (workspace_id) DO UPDATE SET rev = workspace_rev.rev

-- name: change_insert [sqlite]
INSERT INTO change (workspace_id, rev, seq, kind, id) VALUES ($1, $2, $3, $4, $5)

-- name: change_insert_all [postgres]
INSERT INTO change (workspace_id, rev, seq, kind, id)
SELECT $1, $2, noted.seq, noted.kind, noted.id
FROM unnest(CAST($3 AS INTEGER[]), CAST($4 AS BIGINT[])) WITH ORDINALITY AS noted (kind, id, seq)

-- name: change_rev
SELECT rev FROM workspace_rev WHERE workspace_id = $1

-- name: change_oldest
SELECT MIN(rev) FROM change WHERE workspace_id = $1

-- name: change_page
SELECT rev, seq, kind, id FROM change
WHERE workspace_id = $1 AND (rev, seq) > ($2, $3) ORDER BY rev, seq LIMIT $4

-- name: change_cursor_set
INSERT INTO change_cursor (workspace_id, consumer, rev) VALUES ($1, $2, $3)
ON CONFLICT (workspace_id, consumer) DO UPDATE SET rev = excluded.rev

-- name: change_cursor_get
SELECT rev FROM change_cursor WHERE workspace_id = $1 AND consumer = $2

-- name: change_cursor_lowest
SELECT MIN(rev) FROM change_cursor WHERE workspace_id = $1

-- name: change_prune
DELETE FROM change WHERE workspace_id = $1 AND rev <= $2 AND rev IN
(SELECT rev FROM change WHERE workspace_id = $1 AND rev <= $2 ORDER BY rev LIMIT $3)
