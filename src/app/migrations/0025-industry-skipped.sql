-- That nobody wants to say what the workspace is in.

-- name: reading_industry_skipped
-- 1: the question is not asked again; NULL or 0: it is, until it is answered.
ALTER TABLE reading_setting ADD COLUMN industry_skipped INTEGER
