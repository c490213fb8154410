-- The parts of marks as they may be given to other subjects.
-- One row per part and named mark; `named_id` is the name that it was asked by.
-- @batch_ids  one row per mark: classification_id of one of its parts
select
    named.classification_id as named_id,
    (dense_rank() over (order by named.classification_id) - 1)::integer as parts_id,
    (
        row_number() over (partition by named.classification_id order by part.share_before) - 1
    )::integer as number,
    part.municipality_code,
    part.methodology,
    part.stage,
    part.methodology_version,
    part.rule_fingerprint,
    part.category,
    part.share_before,
    part.amount_share,
    part.score,
    part.evidence,
    part.evidence_link,
    part.reason,
    part.confidence
from core.classifications as named
inner join core.classifications as part
    on part.mark_id = named.mark_id
        and part.municipality_code = named.municipality_code
        and part.direction = named.direction
        and part.subject = named.subject
        and part.subject_code = named.subject_code
        and part.methodology = named.methodology
        and part.from_year = named.from_year
        and part.stage is not distinct from named.stage
where named.classification_id in (select classification_id from batch_ids)
order by named.classification_id, part.share_before
