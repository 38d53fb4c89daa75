-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Samples of comments that people check, and what they say of them.

-- name: share_check_insert
INSERT INTO share_check (workspace_id, id, group_of, part, filter, scope, from_day, to_day, first_at, ends_at, seed, comments, drawn,
	wanted, actor, drawn_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)

-- name: share_check_insert_theme
INSERT INTO share_check_theme (workspace_id, check_id, place, theme_id, machine) VALUES ($1, $2, $3, $4, $5)

-- name: share_check_insert_comment
-- What was deleted since it was drawn is left out.
INSERT INTO share_check_comment (workspace_id, check_id, response_id, place, machine)
SELECT r.workspace_id, CAST($2 AS BIGINT), r.id, CAST($4 AS INTEGER), CAST($5 AS BIGINT)
FROM response r WHERE r.workspace_id = $1 AND r.id = $3

-- name: share_check_find
SELECT c.id, c.group_of, c.part, c.filter, c.scope, c.from_day, c.to_day, c.first_at, c.ends_at, c.seed, c.comments, c.drawn,
	c.wanted, c.actor, c.drawn_at
FROM share_check c WHERE c.workspace_id = $1 AND c.id = $2

-- name: share_check_of_part
SELECT c.id, c.group_of, c.part, c.filter, c.scope, c.from_day, c.to_day, c.first_at, c.ends_at, c.seed, c.comments, c.drawn,
	c.wanted, c.actor, c.drawn_at
FROM share_check c
WHERE c.workspace_id = $1 AND c.part = $2 AND c.filter = $3 AND c.scope = $4 AND c.group_of = $5
ORDER BY c.drawn_at DESC, c.id DESC LIMIT $6

-- name: share_check_want
UPDATE share_check SET wanted = $3 WHERE workspace_id = $1 AND id = $2

-- name: share_check_themes
SELECT t.place, t.theme_id, t.machine, n.code, n.name, n.renamed
FROM share_check_theme t JOIN theme n ON n.workspace_id = $1 AND n.id = t.theme_id
WHERE t.workspace_id = $1 AND t.check_id = $2 ORDER BY t.place

-- name: share_check_counts
-- By theme and what the machine found: how often whoever read a comment first said yes, and no.
SELECT t.place, (c.machine >> t.place) & 1, l.says, COUNT(*)
FROM share_check_read d
JOIN share_check_label l ON l.workspace_id = $1 AND l.check_id = $2 AND l.response_id = d.response_id AND l.author_id = d.author_id
JOIN share_check_theme t ON t.workspace_id = $1 AND t.check_id = $2 AND t.theme_id = l.theme_id
JOIN share_check_comment c ON c.workspace_id = $1 AND c.check_id = $2 AND c.response_id = d.response_id
WHERE d.workspace_id = $1 AND d.check_id = $2 AND NOT EXISTS (
	SELECT 1 FROM share_check_read e
	WHERE e.workspace_id = $1 AND e.check_id = $2 AND e.response_id = d.response_id
		AND (e.at < d.at OR (e.at = d.at AND e.author_id < d.author_id)))
GROUP BY t.place, (c.machine >> t.place) & 1, l.says

-- name: share_check_progress
-- Comments that are to be read and are there, or were when somebody read them, those that somebody read, those that this author read, and how many people read any.
SELECT
	(SELECT COUNT(*) FROM share_check_comment c WHERE c.workspace_id = $1 AND c.check_id = $2 AND c.place < $4 AND (EXISTS (
		SELECT 1 FROM response r
		WHERE r.workspace_id = $1 AND r.id = c.response_id AND r.deleted_at IS NULL AND r.comment IS NOT NULL
	) OR EXISTS (
		SELECT 1 FROM share_check_read d
		WHERE d.workspace_id = $1 AND d.check_id = $2 AND d.response_id = c.response_id
	))),
	(SELECT COUNT(DISTINCT d.response_id) FROM share_check_read d WHERE d.workspace_id = $1 AND d.check_id = $2),
	(SELECT COUNT(*) FROM share_check_read d WHERE d.workspace_id = $1 AND d.check_id = $2 AND d.author_id = $3),
	(SELECT COUNT(DISTINCT d.author_id) FROM share_check_read d WHERE d.workspace_id = $1 AND d.check_id = $2)

-- name: share_check_comments
SELECT c.place, c.response_id, r.comment, r.language, d.at, s.label
FROM share_check_comment c
JOIN response r ON r.workspace_id = $1 AND r.id = c.response_id AND r.deleted_at IS NULL AND r.comment IS NOT NULL
LEFT JOIN share_check_read d ON d.workspace_id = $1 AND d.check_id = $2 AND d.response_id = c.response_id AND d.author_id = $3
LEFT JOIN share_check_sentiment s ON s.workspace_id = $1 AND s.check_id = $2 AND s.response_id = c.response_id AND s.author_id = $3
WHERE c.workspace_id = $1 AND c.check_id = $2 AND c.place > $4 AND c.place < $5
ORDER BY c.place LIMIT $6

-- name: share_check_said
-- What this author found, comment by comment, between two places.
SELECT c.place, l.theme_id
FROM share_check_comment c
JOIN share_check_label l ON l.workspace_id = $1 AND l.check_id = $2 AND l.response_id = c.response_id AND l.author_id = $3
WHERE c.workspace_id = $1 AND c.check_id = $2 AND c.place > $4 AND c.place <= $5 AND l.says = 1
ORDER BY c.place, l.theme_id

-- name: share_check_place
SELECT c.place FROM share_check_comment c WHERE c.workspace_id = $1 AND c.check_id = $2 AND c.response_id = $3

-- name: share_check_read_put
INSERT INTO share_check_read (workspace_id, check_id, response_id, author_id, author, at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING

-- name: share_check_read_drop
DELETE FROM share_check_read WHERE workspace_id = $1 AND check_id = $2 AND response_id = $3 AND author_id = $4

-- name: share_check_label_put
INSERT INTO share_check_label (workspace_id, check_id, response_id, author_id, theme_id, says) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (workspace_id, check_id, response_id, author_id, theme_id) DO UPDATE SET says = excluded.says

-- name: share_check_sentiment_put
-- What the machine said stays as it was at first.
INSERT INTO share_check_sentiment (workspace_id, check_id, response_id, author_id, label, machine, at)
SELECT d.workspace_id, d.check_id, d.response_id, d.author_id, CAST($5 AS INTEGER), x.blind, CAST($6 AS BIGINT)
FROM share_check_read d LEFT JOIN reading x ON x.workspace_id = $1 AND x.response_id = d.response_id
WHERE d.workspace_id = $1 AND d.check_id = $2 AND d.response_id = $3 AND d.author_id = $4
ON CONFLICT (workspace_id, check_id, response_id, author_id) DO UPDATE SET label = excluded.label

-- name: share_check_sentiment_drop
DELETE FROM share_check_sentiment WHERE workspace_id = $1 AND check_id = $2 AND response_id = $3 AND author_id = $4

-- name: share_check_judgements
SELECT c.place, t.place, l.says
FROM share_check_label l
JOIN share_check_comment c ON c.workspace_id = $1 AND c.check_id = $2 AND c.response_id = l.response_id
JOIN share_check_theme t ON t.workspace_id = $1 AND t.check_id = $2 AND t.theme_id = l.theme_id
WHERE l.workspace_id = $1 AND l.check_id = $2
