-- Write what a version of a methodology makes of marks: the same subjects, shares and words, another
-- category and score. A mark whose category stays keeps its state; another one is a draft again.
-- $mark_id              number of the change
-- $first_id             classification_id of its first part
-- $methodology_version  version that is applied
-- $rule_fingerprint     fingerprint of its rules
-- $remark               why
-- $recorded_by          who scores again
-- $recorded_at          when
-- @batch_copies         one row per part: classification_id, place, new_category, new_score, is_changed
insert into core.classifications
select
    mark.* replace (
        $first_id + copy.place as classification_id,
        $mark_id as mark_id,
        $methodology_version as methodology_version,
        $rule_fingerprint as rule_fingerprint,
        copy.new_category as category,
        copy.new_score as score,
        case when copy.is_changed then 'draft' else mark.state end as state,
        case when not copy.is_changed then mark.reviewer end as reviewer,
        'rescore' as change,
        $remark as remark,
        null as undoes,
        $recorded_by as recorded_by,
        $recorded_at as recorded_at
    )
from core.classifications as mark
inner join batch_copies as copy using (classification_id)
