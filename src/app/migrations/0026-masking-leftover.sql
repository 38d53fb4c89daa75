-- Whether the database's file was rewritten when comments had been masked.

-- name: masking_leftover
-- 1: it was too large for that, so unused parts of its pages may hold what was there; NULL or 0: nothing is left.
ALTER TABLE masking ADD COLUMN leftover INTEGER
