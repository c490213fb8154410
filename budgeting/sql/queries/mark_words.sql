-- What parts of marks say, and who said it.
-- One row per part.
-- $classification_ids  parts of marks
select
    classification_id,
    subject,
    subject_code,
    methodology_version,
    category,
    amount_share,
    evidence_link,
    reason,
    confidence,
    state,
    author,
    reviewer
from core.classifications
where classification_id in (select unnest($classification_ids))
