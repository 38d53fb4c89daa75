-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: theme_quotes_spans
-- made_by 3: somebody took it away.
SELECT m.span_from, m.span_len, m.polarity FROM theme_mention m
WHERE m.workspace_id = $1 AND m.response_id = $2 AND (m.theme_id = $3 OR m.theme_id IN (
	SELECT t.id FROM theme t WHERE t.workspace_id = $1 AND t.merged_into = $3)) AND m.made_by <> 3 ORDER BY m.span_from
