-- Let what counts for line-years be what a change made of it; the change left subject, year and stage.
-- $first_id      classification_id of the first part of the change
-- @batch_copies  one row per part that counted: classification_id, place
insert into mart.line_year_marks
select
    counting.line_year_id,
    counting.methodology,
    mark.methodology_version,
    counting.stage,
    mark.category,
    mark.share_before,
    mark.amount_share,
    mark.score,
    mark.state,
    mark.confidence,
    counting.subject,
    mark.mark_id,
    mark.classification_id,
    mark.rule_fingerprint
from mart.line_year_marks as counting
inner join batch_copies as copy using (classification_id)
inner join core.classifications as mark on mark.classification_id = $first_id + copy.place
