-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: theme_preview_sample
-- Of answers that count (response_counts).
SELECT r.id, r.comment, x.language, r.submitted_at, r.transcript, r.customer_labels
FROM reading x JOIN response r ON r.workspace_id = $1 AND r.id = x.response_id
WHERE x.workspace_id = $1 AND x.low_effort = 0 AND r.state IN (1, 2) AND r.score IS NOT NULL AND r.comment IS NOT NULL
ORDER BY x.response_id DESC LIMIT $2
