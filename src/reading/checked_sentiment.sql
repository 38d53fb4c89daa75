-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: checked_sentiment
-- Of each comment who said it first comes first.
SELECT s.response_id, s.author_id, s.label, s.machine FROM share_check_sentiment s
WHERE s.workspace_id = $1 ORDER BY s.response_id, s.at, s.author_id, s.check_id
