-- Methodologies that a municipality uses, the main one first.
-- One row per methodology.
-- $municipality_code  municipality
select
    methodology,
    methodology_version,
    convention,
    is_main,
    decided_by,
    decided_at
from core.methodology_choices
where municipality_code = $municipality_code
order by is_main desc, methodology
