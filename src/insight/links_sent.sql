-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: links_page
-- Links behind the one of $3 and the id $5, of before $4, and whether somebody answered.
SELECT i.created_at, i.id, i.channel, r.id
FROM invitation i LEFT JOIN response r ON r.workspace_id = $1 AND r.invitation_id = i.id AND r.score IS NOT NULL
	AND r.state IN ($6, $7)
WHERE i.workspace_id = $1 AND i.survey_id = $2 AND (i.created_at, i.id) > ($3, $5) AND i.created_at < $4
	AND i.revoked_at IS NULL
ORDER BY i.created_at, i.id LIMIT $8
