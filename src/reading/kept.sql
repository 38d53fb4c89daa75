-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: kept_response
SELECT r.id FROM response r WHERE r.workspace_id = $1 AND r.id = $2

-- name: kept_write
INSERT INTO reading (workspace_id, response_id, input, engine, taxonomy, language, covered, low_effort, sentiment, score,
	blind, blind_score, corrected, emotions, mood, intent, urgent, read_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, $13, $14, $15, $16, $17)
ON CONFLICT (workspace_id, response_id) DO UPDATE SET input = excluded.input, engine = excluded.engine,
	taxonomy = excluded.taxonomy, language = excluded.language, covered = excluded.covered,
	low_effort = excluded.low_effort, sentiment = excluded.sentiment, score = excluded.score, blind = excluded.blind,
	blind_score = excluded.blind_score, corrected = NULL, emotions = excluded.emotions, mood = excluded.mood,
	intent = excluded.intent, urgent = excluded.urgent, read_at = excluded.read_at

-- name: kept_forget
DELETE FROM reading WHERE workspace_id = $1 AND response_id = $2

-- name: kept_mentions_clear
DELETE FROM theme_mention WHERE workspace_id = $1 AND response_id = $2

-- name: kept_urgent_clear
DELETE FROM urgent_mention WHERE workspace_id = $1 AND response_id = $2

-- name: kept_urgent
INSERT INTO urgent_mention (workspace_id, response_id, kind, span_from, span_len) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING

-- name: kept_mention
INSERT INTO theme_mention (workspace_id, response_id, theme_id, span_from, span_len, polarity, shown, certainty, made_by)
VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, 1)

-- name: kept_taxonomy
UPDATE reading SET taxonomy = $3 WHERE workspace_id = $1 AND response_id = $2

-- name: kept_finds
-- made_by 2: a person's.
SELECT m.response_id, m.theme_id, m.span_from, m.span_len FROM theme_mention m
WHERE m.workspace_id = $1 AND m.response_id >= $2 AND m.response_id <= $3 AND m.made_by <> 2 ORDER BY m.response_id
