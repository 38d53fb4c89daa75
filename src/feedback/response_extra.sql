-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What hangs on answers, fifty answers at a time; places that are not needed hold 0, which is no id.

-- name: extra_tags
SELECT x.response_id, t.name
FROM response_tag x JOIN tag t ON t.workspace_id = $1 AND t.id = x.tag_id
WHERE x.workspace_id = $1 AND x.response_id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,
		$43, $44, $45, $46, $47, $48, $49, $50, $51)
ORDER BY x.response_id, t.name_folded

-- name: extra_notes
SELECT n.response_id, COUNT(*)
FROM response_note n
WHERE n.workspace_id = $1 AND n.deleted_at IS NULL AND n.response_id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,
		$43, $44, $45, $46, $47, $48, $49, $50, $51)
GROUP BY n.response_id

-- name: extra_people
-- By name, else by address. Somebody who was merged is shown as who they are.
SELECT r.id, COALESCE(p.name,
	(SELECT MIN(i.typed) FROM identity i WHERE i.workspace_id = $1 AND i.person_id = p.id AND i.kind = 1))
FROM response r
JOIN person o ON o.workspace_id = $1 AND o.id = r.person_id
JOIN person p ON p.workspace_id = $1 AND p.id = COALESCE(o.canonical_id, o.id)
WHERE r.workspace_id = $1 AND r.id IN (
		$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,
		$43, $44, $45, $46, $47, $48, $49, $50, $51)
