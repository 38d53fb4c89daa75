-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: erasure_answers
-- Of every state, the bin's, too.
SELECT r.id FROM response r WHERE r.workspace_id = $1 AND r.person_id = $2 ORDER BY r.id LIMIT $3
