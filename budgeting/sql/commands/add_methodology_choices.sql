-- Write which methodologies a municipality uses.
-- $municipality_code  municipality
-- $decided_by         who decided it
-- $decided_at         when
-- @batch_choices      one row per methodology: methodology, methodology_version, convention, is_main
insert into core.methodology_choices
select
    $municipality_code,
    methodology,
    methodology_version,
    convention,
    is_main,
    $decided_by,
    $decided_at
from batch_choices
