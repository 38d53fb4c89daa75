-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: invitation_find
SELECT i.id, i.survey_id, i.person_id, i.channel, i.properties, i.state, i.created_at, i.expires_at, i.revoked_at
FROM invitation i WHERE i.workspace_id = $1 AND i.id = $2

-- name: invitation_insert
INSERT INTO invitation (workspace_id, id, survey_id, person_id, channel, properties, state, created_at, expires_at,
	revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)

-- name: invitation_set_state
UPDATE invitation SET state = $3, revoked_at = $4 WHERE workspace_id = $1 AND id = $2

-- name: invitation_newest_of
-- Of a person, not withdrawn and not over.
SELECT i.id, i.expires_at FROM invitation i
WHERE i.workspace_id = $1 AND i.person_id = $2 AND i.survey_id = $3 AND i.state <> $4 AND i.created_at >= $5
	AND i.expires_at > $6
ORDER BY i.created_at DESC, i.id DESC LIMIT 1

-- name: invitation_of_person
SELECT i.id FROM invitation i WHERE i.workspace_id = $1 AND i.person_id = $2 ORDER BY i.id LIMIT $3

-- name: invitation_forget
UPDATE invitation SET person_id = NULL, properties = $3, state = $4, revoked_at = COALESCE(revoked_at, $5)
WHERE workspace_id = $1 AND id = $2
