-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: theme_search_find
SELECT s.wanted, s.began_at, s.ended_at, s.comments, s.left_over FROM theme_search s WHERE s.workspace_id = $1

-- name: theme_search_want
INSERT INTO theme_search (workspace_id, wanted, began_at, ended_at, comments, left_over) VALUES ($1, 1, NULL, NULL, 0, 0)
ON CONFLICT (workspace_id) DO UPDATE SET wanted = theme_search.wanted + 1

-- name: theme_search_any
SELECT MAX(x.response_id) FROM reading x WHERE x.workspace_id = $1

-- name: theme_search_page
-- Of answers that count (response_counts), newest first. themed: it speaks of some theme, whether that is shown or not.
SELECT r.id, r.comment, x.language, r.person_id, r.account_id, CASE WHEN EXISTS (
	SELECT 1 FROM theme_mention m WHERE m.workspace_id = $1 AND m.response_id = x.response_id AND m.made_by <> 3
) THEN 1 ELSE 0 END, r.transcript, r.customer_labels
FROM reading x JOIN response r ON r.workspace_id = $1 AND r.id = x.response_id
WHERE x.workspace_id = $1 AND x.response_id < $2 AND x.low_effort = 0 AND r.state IN (1, 2) AND r.score IS NOT NULL
	AND r.comment IS NOT NULL
ORDER BY x.response_id DESC LIMIT 500
