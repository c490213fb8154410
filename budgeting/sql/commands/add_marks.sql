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
-- @batch_marks        one row per subject and part of its mark: place, direction, subject, subject_code,
--                     from_year, stage, number, methodology_version, rule_fingerprint, category,
--                     share_before, amount_share, score, evidence, evidence_link, reason, confidence
insert into core.classifications
select
    $first_id + marked.place * $part_count + marked.number,
    $mark_id,
    $municipality_code,
    marked.direction,
    marked.subject,
    marked.subject_code,
    $methodology,
    marked.methodology_version,
    marked.category,
    marked.from_year,
    marked.stage,
    marked.share_before,
    marked.amount_share,
    marked.score,
    marked.evidence,
    marked.evidence_link,
    marked.reason,
    marked.confidence,
    $author,
    null,
    'draft',
    $change,
    $remark,
    null,
    $recorded_by,
    $recorded_at,
    marked.rule_fingerprint,
    null
from batch_marks as marked
