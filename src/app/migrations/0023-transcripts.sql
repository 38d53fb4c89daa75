-- What somebody says of comments: that they are transcripts, or are none.

-- name: response_transcript
-- 1: a transcript of a call or chat. 0: a comment. NULL: nobody says.
ALTER TABLE response ADD COLUMN transcript INTEGER

-- name: response_customer_labels
-- Of a transcript whose speakers somebody named: see text/transcript.h.
ALTER TABLE response ADD COLUMN customer_labels TEXT
