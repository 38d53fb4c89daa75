-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: journey_links
SELECT i.created_at, i.id, i.channel, i.properties,
	CASE WHEN EXISTS (SELECT 1 FROM response r WHERE r.workspace_id = $1 AND r.invitation_id = i.id AND r.score IS NOT NULL
		AND r.state IN ($4, $5)) THEN 1 ELSE 0 END
FROM invitation i
WHERE i.workspace_id = $1 AND i.survey_id = $2 AND (i.created_at, i.id) > ($6, $7) AND i.created_at < $3
	AND i.revoked_at IS NULL
ORDER BY i.created_at, i.id LIMIT $8

-- name: journey_shown
SELECT d.survey_id, CAST(SUM(d.displays) AS BIGINT)
FROM survey_display d WHERE d.workspace_id = $1 AND d.day >= $2 AND d.day <= $3 GROUP BY d.survey_id

-- name: journey_since
SELECT d.survey_id, d.channel, MIN(d.first_at) FROM survey_display d WHERE d.workspace_id = $1
GROUP BY d.survey_id, d.channel
