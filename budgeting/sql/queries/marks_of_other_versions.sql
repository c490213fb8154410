-- What was answered in marks made under another version of a methodology, or under other rules of this one.
-- One row per evidence and category.
-- $municipality_code    municipality
-- $methodology          methodology
-- $methodology_version  version that is asked for
-- $rule_fingerprint     fingerprint of its rules; marks of which it is not known are taken for its own
select
    mark.evidence,
    mark.category,
    count(*) as part_count
from core.classifications as mark
where mark.municipality_code = $municipality_code
    and mark.methodology = $methodology
    and (
        mark.methodology_version <> $methodology_version
        or mark.rule_fingerprint not in ('', $rule_fingerprint)
    )
    and mark.state not in ('withdrawn', 'undone')
group by mark.evidence, mark.category
order by mark.evidence, mark.category
