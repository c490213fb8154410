-- How far a statement of amounts is screened, and how many lines each choice of the queue shows.
-- One row.
-- $vintage_id         statement of amounts, -1 where there is none
-- $methodology        methodology
-- $version            its version in which new marks are made
-- $rules              fingerprint of its rules
-- $again              categories that are to be scored again
-- $municipality_code  municipality
select
    count(*) as all_count,
    count(*) filter (where is_open) as open_count,
    count(*) filter (where state = 'draft') as draft_count,
    count(*) filter (where state = 'reviewed') as reviewed_count,
    count(*) filter (where state = 'approved') as approved_count,
    count(*) filter (where subject <> 'line') as inherited_count,
    count(*) filter (where confidence <> 'high') as doubtful_count,
    count(*) filter (where list_has_any(categories, $again)) as again_count,
    count(*) filter (
        where methodology_version <> $version or rule_fingerprint not in ('', $rules)
    ) as older_count,
    count(*) filter (
        where methodology_version = $version and rule_fingerprint not in ('', $rules)
    ) as edited_count,
    coalesce(sum(amount), 0)::decimal(38, 2) as amount,
    coalesce(sum(not_screened), 0)::decimal(38, 2) as not_screened,
    (
        select coalesce(max(mark_id), 0)
        from core.classifications
        where municipality_code = $municipality_code
    ) as newest_mark_id
from mart.screening($vintage_id, $methodology)
