-- Write down what more or less money brings about; empty words take away what was written.
-- $municipality_code   municipality
-- $recorded_by         who
-- $recorded_at         when
-- @batch_consequences  one row per consequence
insert into core.consequences
select
    (select coalesce(max(consequence_id), 0) from core.consequences) + row_number() over (),
    $municipality_code,
    direction,
    subject_kind,
    subject_code,
    movement,
    type,
    words,
    source,
    words = '',
    $recorded_by,
    $recorded_at
from batch_consequences
