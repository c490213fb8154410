-- Everything that happened to the marks of a budget line, programme or organisation.
-- One row per part of a mark and change of it, the newest change first.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $subject            line, programme or organisation
-- $subject_code       its year-free code
-- $methodology        methodology
select
    classification_id,
    mark_id,
    recorded_at,
    recorded_by,
    change,
    from_year,
    stage,
    category,
    share_before,
    amount_share,
    score,
    state,
    confidence,
    author,
    reviewer,
    reason,
    remark,
    evidence,
    evidence_link,
    methodology_version
from core.classifications
where municipality_code = $municipality_code
    and direction = $direction
    and subject = $subject
    and subject_code = $subject_code
    and methodology = $methodology
order by mark_id desc, classification_id
