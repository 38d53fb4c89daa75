-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: funnel_displays
SELECT d.channel, CAST(SUM(CASE WHEN d.day >= $3 AND d.day <= $4 THEN d.displays ELSE 0 END) AS BIGINT), MIN(d.first_at)
FROM survey_display d WHERE d.workspace_id = $1 AND d.survey_id = $2 GROUP BY d.channel ORDER BY d.channel

-- name: funnel_page
-- From $3 and, of those of that instant, from beyond the id $5 on.
SELECT r.submitted_at, r.id, r.channel, r.state, r.version, COALESCE(r.score, -1),
	CASE WHEN r.comment IS NULL THEN 0 ELSE 1 END, CASE WHEN r.completed_at IS NULL THEN 0 ELSE 1 END, r.answers
FROM response r
WHERE r.workspace_id = $1 AND r.survey_id = $2 AND r.submitted_at >= $3 AND r.submitted_at < $4
	AND (r.submitted_at > $3 OR r.id > $5)
ORDER BY r.submitted_at, r.id LIMIT $6

-- name: funnel_page_with_properties
SELECT r.submitted_at, r.id, r.channel, r.state, r.version, COALESCE(r.score, -1),
	CASE WHEN r.comment IS NULL THEN 0 ELSE 1 END, CASE WHEN r.completed_at IS NULL THEN 0 ELSE 1 END, r.answers, r.properties
FROM response r
WHERE r.workspace_id = $1 AND r.survey_id = $2 AND r.submitted_at >= $3 AND r.submitted_at < $4
	AND (r.submitted_at > $3 OR r.id > $5)
ORDER BY r.submitted_at, r.id LIMIT $6
