-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: coverage_page
-- Comments by the language that they were read in, "" for another, in pages of the newest before an answer's id.
SELECT c.language, COUNT(*), MIN(c.response_id) FROM
(SELECT x.response_id, x.language FROM reading x
WHERE x.workspace_id = $1 AND x.response_id < $2 ORDER BY x.response_id DESC LIMIT 20000) c
GROUP BY c.language
