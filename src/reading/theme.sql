-- SPDX-License-Identifier: AGPL-3.0-or-later

-- name: reading_setting_find
SELECT s.industry, s.taxonomy, s.languages, COALESCE(s.industry_skipped, 0) FROM reading_setting s WHERE s.workspace_id = $1

-- name: reading_setting_industry
INSERT INTO reading_setting (workspace_id, industry, industry_skipped, taxonomy) VALUES ($1, $2, $3, 0)
ON CONFLICT (workspace_id) DO UPDATE SET industry = excluded.industry, industry_skipped = excluded.industry_skipped

-- name: reading_setting_languages
INSERT INTO reading_setting (workspace_id, industry, taxonomy, languages) VALUES ($1, NULL, 1, $2)
ON CONFLICT (workspace_id) DO UPDATE SET languages = excluded.languages, taxonomy = reading_setting.taxonomy + 1

-- name: reading_setting_changed
INSERT INTO reading_setting (workspace_id, industry, taxonomy) VALUES ($1, NULL, 1)
ON CONFLICT (workspace_id) DO UPDATE SET taxonomy = reading_setting.taxonomy + 1

-- name: theme_list
SELECT t.id, t.code, t.name, t.renamed, t.industries, t.state, t.seeds, t.merged_into, t.description
FROM theme t WHERE t.workspace_id = $1 ORDER BY t.code

-- name: theme_find
SELECT t.id, t.code, t.name, t.renamed, t.industries, t.state, t.seeds, t.merged_into, t.description
FROM theme t WHERE t.workspace_id = $1 AND t.id = $2

-- name: theme_of_code
SELECT t.id FROM theme t WHERE t.workspace_id = $1 AND t.code = $2

-- name: theme_insert
INSERT INTO theme (workspace_id, id, code, name, renamed, industries, state, seeds, merged_into, actor, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $10)

-- name: theme_refresh
UPDATE theme SET name = CASE WHEN renamed = 1 THEN name ELSE $3 END, industries = $4
WHERE workspace_id = $1 AND id = $2

-- name: theme_follow_industry
UPDATE theme SET state = CASE WHEN (industries & CAST($2 AS INTEGER)) <> 0 THEN 0 ELSE 6 END
WHERE workspace_id = $1 AND state IN (0, 6)
