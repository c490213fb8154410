-- Write a change that classifies subjects: one row per subject and part of its mark.
-- $mark_id            number of the change
-- $first_id           classification_id of the first part of the first subject
-- $part_count         how many parts a subject has at most
-- $municipality_code  municipality
-- $methodology        methodology
-- $author             who classifies
-- $change             mark, carry-over, reattach or rescore
-- $remark             why this change
-- $recorded_by        who makes the change
-- $recorded_at        when
-- @batch_subjects     one row per subject: direction, subject, subject_code, from_year, stage, parts_id, place
-- @batch_mark_parts   one row per part: parts_id, number, methodology_version, rule_fingerprint, category,
--                     share_before, amount_share, score, evidence, evidence_link, reason, confidence
insert into core.classifications
select
    $first_id + marked.place * $part_count + part.number,
    $mark_id,
    $municipality_code,
    marked.direction,
    marked.subject,
    marked.subject_code,
    $methodology,
    part.methodology_version,
    part.category,
    marked.from_year,
    marked.stage,
    part.share_before,
    part.amount_share,
    part.score,
    part.evidence,
    part.evidence_link,
    part.reason,
    part.confidence,
    $author,
    null,
    'draft',
    $change,
    $remark,
    null,
    $recorded_by,
    $recorded_at,
    part.rule_fingerprint,
    null
from batch_subjects as marked
inner join batch_mark_parts as part using (parts_id)
