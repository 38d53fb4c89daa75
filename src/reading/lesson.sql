-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: lesson_page
-- State 1 and 2: partial and complete answers, which count.
SELECT r.id, r.person_id, r.score, x.input, 1
FROM reading x JOIN response r ON r.workspace_id = $1 AND r.id = x.response_id
WHERE x.workspace_id = $1 AND x.response_id < $2 AND x.covered = 1 AND r.state IN (1, 2)
ORDER BY x.response_id DESC LIMIT $3

-- name: lesson_unread
-- Every answer, so that a page is short whatever it holds; the last column says which may teach.
SELECT r.id, r.person_id, r.score, CAST(0 AS BIGINT),
	CASE WHEN r.comment IS NOT NULL AND r.comment <> '' AND r.state IN (1, 2) THEN 1 ELSE 0 END
FROM response r WHERE r.workspace_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3

-- name: lesson_checked
SELECT l.response_id, l.theme_id, l.author_id, l.says, x.at
FROM share_check_label l JOIN share_check_read x ON x.workspace_id = $1 AND x.check_id = l.check_id
	AND x.response_id = l.response_id AND x.author_id = l.author_id
WHERE l.workspace_id = $1 ORDER BY l.check_id DESC, l.response_id, l.author_id, l.theme_id LIMIT $2

-- name: lesson_labels
SELECT c.id, c.response_id, c.theme_id, c.kind, c.value, c.author_id
FROM correction c WHERE c.workspace_id = $1 AND c.id < $2 AND c.undone_at IS NULL ORDER BY c.id DESC LIMIT $3
