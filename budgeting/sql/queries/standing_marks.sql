-- Every mark of a municipality as it stands, also of subjects that are in no budget any more.
-- One row per part of a mark.
-- $municipality_code  municipality
-- $methodology        methodology; null for all
with newest as (
    select *
    from core.classifications
    where municipality_code = $municipality_code
        and ($methodology is null or methodology = $methodology)
    qualify mark_id = max(mark_id) over (
        partition by direction, subject, subject_code, methodology, from_year, stage
    )
)

select
    direction,
    subject,
    subject_code,
    methodology,
    methodology_version,
    from_year,
    stage,
    category,
    amount_share,
    score,
    evidence,
    evidence_link,
    reason,
    confidence,
    state,
    author,
    reviewer,
    share_before
from newest
where state not in ('withdrawn', 'undone')
order by methodology, direction, subject, subject_code, from_year, stage nulls first, share_before
