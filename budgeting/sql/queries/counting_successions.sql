-- Which of some successions count: they are of this municipality, and nobody has taken them back.
-- One row per succession that counts.
-- $municipality_code  municipality
-- @batch_ids          one row per succession: succession_id
select distinct link.succession_id
from mart.line_successors as link
inner join core.budget_lines as line using (line_id)
semi join batch_ids using (succession_id)
where line.municipality_code = $municipality_code
order by link.succession_id
