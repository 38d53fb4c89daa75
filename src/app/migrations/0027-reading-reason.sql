-- Why all comments are read.

-- name: reading_pass_reason
-- See reading/pass.h; NULL: of before this was kept.
ALTER TABLE reading_pass ADD COLUMN reason INTEGER
