-- One row: how many marks count that were made under another version of a methodology.
-- $municipality_code    municipality
-- $methodology          methodology
-- $methodology_version  version that is asked for
with newest as (
    select
        state,
        methodology_version,
        share_before
    from core.classifications
    where municipality_code = $municipality_code and methodology = $methodology
    qualify mark_id = max(mark_id) over (
        partition by direction, subject, subject_code, from_year, stage
    )
)

select count(*) as mark_count
from newest
where share_before = 0
    and methodology_version <> $methodology_version
    and state not in ('withdrawn', 'undone')
