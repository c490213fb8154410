-- Note what counts for lines that had no mark of a methodology and now have the same one, of all stages:
-- it is theirs from its year on, whatever they inherited. What mart.marks_of derives, without asking.
-- $mark_id            number of the change
-- $first_id           classification_id of the first part of the first subject
-- $part_count         how many parts a subject has
-- $methodology        methodology
-- $from_year          first fiscal year for which the mark counts
-- @batch_subject_ids  one row per line: subject_id, place
-- @batch_mark_parts   one row per part: number, methodology_version, rule_fingerprint, category,
--                     share_before, amount_share, score, confidence
insert into mart.line_year_marks
select
    line_year.line_year_id,
    $methodology,
    part.methodology_version,
    null,
    part.category,
    part.share_before,
    part.amount_share,
    part.score,
    'draft',
    part.confidence,
    'line',
    $mark_id,
    $first_id + marked.place * $part_count + part.number,
    part.rule_fingerprint
from core.line_years as line_year
inner join batch_subject_ids as marked on marked.subject_id = line_year.line_id
cross join batch_mark_parts as part
where line_year.fiscal_year >= $from_year
