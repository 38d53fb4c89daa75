-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Persons, their identities and accounts. A person's columns always stand in the order that person_row reads.

-- name: person_find
SELECT p.id, p.canonical_id, p.account_id, p.import_id, p.name, p.traits, p.created_at, p.updated_at
FROM person p
WHERE p.workspace_id = $1 AND p.id = $2

-- name: person_by_identity
SELECT p.id, p.canonical_id, p.account_id, p.import_id, p.name, p.traits, p.created_at, p.updated_at
FROM identity i
JOIN person p ON p.workspace_id = $1 AND p.id = i.person_id
WHERE i.workspace_id = $1 AND i.kind = $2 AND i.value = $3

-- name: person_insert
INSERT INTO person (workspace_id, id, canonical_id, account_id, name, traits, import_id, created_at, updated_at)
VALUES ($1, $2, NULL, $3, $4, $5, $6, $7, $7)

-- name: person_update
UPDATE person SET account_id = $3, name = $4, traits = $5, updated_at = $6
WHERE workspace_id = $1 AND id = $2

-- name: person_point
UPDATE person SET canonical_id = $3, updated_at = $4
WHERE workspace_id = $1 AND id = $2

-- name: person_delete
-- Its identities go by the key's CASCADE.
DELETE FROM person WHERE workspace_id = $1 AND id = $2

-- name: identity_insert
INSERT INTO identity (workspace_id, kind, value, typed, person_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: identity_of_kind
-- Does this person have an identity of the kind?
SELECT COUNT(*) FROM identity i WHERE i.workspace_id = $1 AND i.person_id = $2 AND i.kind = $3

-- name: identity_list
SELECT i.kind, i.value, i.typed FROM identity i
WHERE i.workspace_id = $1 AND i.person_id = $2
ORDER BY i.kind, i.value

-- name: person_merged_into
SELECT p.id FROM person p WHERE p.workspace_id = $1 AND p.canonical_id = $2 ORDER BY p.id

-- name: account_by_external_id
SELECT a.id FROM account a WHERE a.workspace_id = $1 AND a.external_id = $2

-- name: account_insert
INSERT INTO account (workspace_id, id, external_id, name, created_at) VALUES ($1, $2, $3, $4, $5)

-- name: account_find
SELECT a.external_id, a.name FROM account a WHERE a.workspace_id = $1 AND a.id = $2
