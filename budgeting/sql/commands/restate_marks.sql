-- Write a change that leaves the category as it is: the same parts again, in another state.
-- $mark_id       number of the change
-- $first_id      classification_id of the first part
-- $from_year     first year for which the change counts; null for that of the mark
-- $state         new state
-- $reviewer      second reader; null for none
-- $change        review, approve, send-back or withdraw
-- $remark        why this change
-- $recorded_by   who makes it
-- $recorded_at   when
-- @batch_copies  one row per part: classification_id, place
insert into core.classifications
select
    $first_id + copy.place,
    $mark_id,
    mark.municipality_code,
    mark.direction,
    mark.subject,
    mark.subject_code,
    mark.methodology,
    mark.methodology_version,
    mark.category,
    greatest(mark.from_year, $from_year),
    mark.stage,
    mark.share_before,
    mark.amount_share,
    mark.score,
    mark.evidence,
    mark.evidence_link,
    mark.reason,
    mark.confidence,
    mark.author,
    $reviewer,
    $state,
    $change,
    $remark,
    null,
    $recorded_by,
    $recorded_at,
    mark.rule_fingerprint,
    case when $state <> 'withdrawn' then mark.import_id end
from core.classifications as mark
inner join batch_copies as copy using (classification_id)
