-- Who was asked, by when: rates count links of some days, and not all that there ever were.

-- name: invitation_by_survey
CREATE INDEX IF NOT EXISTS invitation_by_survey ON invitation (workspace_id, survey_id, created_at)
WHERE revoked_at IS NULL
