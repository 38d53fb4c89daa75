-- SPDX-License-Identifier: AGPL-3.0-or-later
-- SUGGESTION_COLUMNS: both that read list the same columns in the same order.

-- name: suggestion_list
SELECT s.id, s.state, s.name, s.words, s.language, s.renamed, s.comments, s.theme_id, s.actor, s.made_at, s.changed_at
FROM theme_suggestion s WHERE s.workspace_id = $1
ORDER BY CASE WHEN s.state = 1 THEN 0 ELSE 1 END, CASE WHEN s.state = 1 THEN -s.comments ELSE -s.changed_at END, s.id

-- name: suggestion_find
SELECT s.id, s.state, s.name, s.words, s.language, s.renamed, s.comments, s.theme_id, s.actor, s.made_at, s.changed_at
FROM theme_suggestion s WHERE s.workspace_id = $1 AND s.id = $2

-- name: suggestion_quotes
SELECT q.response_id FROM theme_suggestion_quote q
WHERE q.workspace_id = $1 AND q.suggestion_id = $2 ORDER BY q.place

-- name: suggestion_insert
INSERT INTO theme_suggestion (workspace_id, id, state, name, renamed, words, language, comments, theme_id, actor, made_at,
	changed_at)
VALUES ($1, $2, 1, $3, 0, $4, $5, $6, NULL, NULL, $7, $7)

-- name: suggestion_refresh
UPDATE theme_suggestion SET name = CASE WHEN renamed = 1 THEN name ELSE $3 END, words = $4, comments = $5
WHERE workspace_id = $1 AND id = $2

-- name: suggestion_update
UPDATE theme_suggestion SET state = $3, name = $4, renamed = $5, theme_id = $6, actor = $7, changed_at = $8
WHERE workspace_id = $1 AND id = $2

-- name: suggestion_delete
DELETE FROM theme_suggestion WHERE workspace_id = $1 AND id = $2

-- name: suggestion_quotes_clear
DELETE FROM theme_suggestion_quote WHERE workspace_id = $1 AND suggestion_id = $2

-- name: suggestion_quote_insert
-- The answer may have gone meanwhile.
INSERT INTO theme_suggestion_quote (workspace_id, suggestion_id, response_id, place)
SELECT r.workspace_id, $2, r.id, $4 FROM response r WHERE r.workspace_id = $1 AND r.id = $3

-- name: suggestion_search_end
-- Who wanted one since it began wants another.
INSERT INTO theme_search (workspace_id, wanted, began_at, ended_at, comments, left_over) VALUES ($1, 0, $2, $3, $4, $5)
ON CONFLICT (workspace_id) DO UPDATE SET wanted = CASE WHEN theme_search.wanted > $6 THEN 1 ELSE 0 END,
	began_at = excluded.began_at, ended_at = excluded.ended_at, comments = excluded.comments, left_over = excluded.left_over
