-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: display_see
INSERT INTO display_seen (workspace_id, survey_id, number, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING

-- name: display_add
UPDATE survey_display SET displays = displays + 1
WHERE workspace_id = $1 AND survey_id = $2 AND day = $3 AND channel = $4 AND source = $5

-- name: display_labels
SELECT COUNT(*) FROM survey_display d WHERE d.workspace_id = $1 AND d.survey_id = $2 AND d.day = $3

-- name: display_first
INSERT INTO survey_display (workspace_id, survey_id, day, channel, source, displays, first_at)
VALUES ($1, $2, $3, $4, $5, 1, $6)
ON CONFLICT (workspace_id, survey_id, day, channel, source) DO UPDATE SET displays = survey_display.displays + 1

-- name: display_forget
DELETE FROM display_seen WHERE workspace_id = $1 AND at < $2 AND at IN
(SELECT at FROM display_seen WHERE workspace_id = $1 AND at < $2 ORDER BY at LIMIT 500)

-- name: display_any_over
SELECT 1 FROM display_seen s WHERE s.workspace_id = $1 AND s.at < $2 LIMIT 1
