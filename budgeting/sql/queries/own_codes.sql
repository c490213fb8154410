-- One row per code that a municipality added to a classification.
-- $municipality_code  municipality
select
    classification,
    code,
    label,
    parent_code,
    added_by,
    added_at
from core.own_codes
where municipality_code = $municipality_code
order by classification, code
