-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: funnel_displays
SELECT d.channel, CAST(SUM(CASE WHEN d.day >= $3 AND d.day <= $4 THEN d.displays ELSE 0 END) AS BIGINT), MIN(d.first_at)
FROM survey_display d WHERE d.workspace_id = $1 AND d.survey_id = $2 GROUP BY d.channel ORDER BY d.channel

-- name: funnel_channels
SELECT r.channel, COUNT(*) FROM response r
WHERE r.workspace_id = $1 AND r.survey_id = $2 AND r.submitted_at >= $3 AND r.submitted_at < $4
GROUP BY r.channel ORDER BY COUNT(*) DESC, r.channel LIMIT $5

-- name: funnel_answers
SELECT r.state, r.version, COALESCE(r.score, -1), CASE WHEN r.comment IS NULL THEN 0 ELSE 1 END,
	CASE WHEN r.completed_at IS NULL THEN 0 ELSE 1 END, r.answers, '{}', COUNT(*)
FROM response r
WHERE r.workspace_id = $1 AND r.survey_id = $2 AND r.submitted_at >= $3 AND r.submitted_at < $4 AND r.channel = $5
GROUP BY 1, 2, 3, 4, 5, 6, 7

-- name: funnel_answers_by_properties
SELECT r.state, r.version, COALESCE(r.score, -1), CASE WHEN r.comment IS NULL THEN 0 ELSE 1 END,
	CASE WHEN r.completed_at IS NULL THEN 0 ELSE 1 END, r.answers, r.properties, COUNT(*)
FROM response r
WHERE r.workspace_id = $1 AND r.survey_id = $2 AND r.submitted_at >= $3 AND r.submitted_at < $4 AND r.channel = $5
GROUP BY 1, 2, 3, 4, 5, 6, 7

-- name: funnel_sent
SELECT i.channel, COUNT(*), COUNT(r.id)
FROM invitation i LEFT JOIN response r ON r.workspace_id = $1 AND r.invitation_id = i.id AND r.score IS NOT NULL
	AND r.state IN ($5, $6)
WHERE i.workspace_id = $1 AND i.survey_id = $2 AND i.created_at >= $3 AND i.created_at < $4 AND i.revoked_at IS NULL
GROUP BY i.channel
