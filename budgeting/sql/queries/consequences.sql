-- What is written down that more or less money brings about, the newest of each subject, movement and type.
-- One row per consequence.
-- $municipality_code  municipality
select
    direction,
    subject_kind,
    subject_code,
    movement,
    type,
    words,
    source,
    recorded_by,
    recorded_at
from core.consequences
where municipality_code = $municipality_code
qualify consequence_id = max(consequence_id) over (
    partition by direction, subject_kind, subject_code, movement, type
)
and not is_withdrawn
order by consequence_id
