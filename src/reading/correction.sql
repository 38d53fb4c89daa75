-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: correction_standing
SELECT c.id, c.kind, c.theme_id, c.value
FROM correction c WHERE c.workspace_id = $1 AND c.response_id = $2 AND c.undone_at IS NULL ORDER BY c.id

-- name: correction_set_sentiment
UPDATE reading SET corrected = $3 WHERE workspace_id = $1 AND response_id = $2

-- name: correction_bring_back
UPDATE theme_mention SET made_by = 1, shown = NULL
WHERE workspace_id = $1 AND response_id = $2 AND theme_id = $3 AND made_by = 3

-- name: correction_has_theme
SELECT COUNT(*) FROM theme_mention m WHERE m.workspace_id = $1 AND m.response_id = $2 AND m.theme_id = $3

-- name: correction_add_theme
INSERT INTO theme_mention (workspace_id, response_id, theme_id, span_from, span_len, polarity, shown, certainty, made_by)
VALUES ($1, $2, $3, 0, 0, 0, $4, 1, 2)

-- name: correction_take_away
UPDATE theme_mention SET made_by = 3 WHERE workspace_id = $1 AND response_id = $2 AND theme_id = $3 AND made_by = 1

-- name: correction_take_back
DELETE FROM theme_mention WHERE workspace_id = $1 AND response_id = $2 AND theme_id = $3 AND made_by = 2

-- name: correction_set_polarity
UPDATE theme_mention SET shown = $4 WHERE workspace_id = $1 AND response_id = $2 AND theme_id = $3 AND made_by <> 3

-- name: correction_list
SELECT c.id, c.response_id, c.theme_id, c.kind, c.value, c.author, c.at, c.undone_at
FROM correction c WHERE c.workspace_id = $1 AND c.response_id = $2 ORDER BY c.id

-- name: correction_find
SELECT c.id, c.response_id, c.theme_id, c.kind, c.value, c.author, c.at, c.undone_at
FROM correction c WHERE c.workspace_id = $1 AND c.response_id = $2 AND c.id = $3

-- name: correction_has_reading
SELECT COUNT(*) FROM reading x WHERE x.workspace_id = $1 AND x.response_id = $2

-- name: correction_insert
INSERT INTO correction (workspace_id, id, response_id, author_id, author, kind, theme_id, value, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: correction_undo
UPDATE correction SET undone_at = $3, undone_by = $4 WHERE workspace_id = $1 AND id = $2 AND undone_at IS NULL

-- name: correction_lift_sentiment
UPDATE reading SET corrected = NULL WHERE workspace_id = $1 AND response_id = $2

-- name: correction_lift_mentions
UPDATE theme_mention SET made_by = 1, shown = NULL WHERE workspace_id = $1 AND response_id = $2 AND made_by <> 2

-- name: correction_lift_added
DELETE FROM theme_mention WHERE workspace_id = $1 AND response_id = $2 AND made_by = 2
