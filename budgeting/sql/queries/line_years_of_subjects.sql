-- Line-years for which a mark of one of these subjects may count.
-- One row per line-year and subject of a kind that it has; a line-year may stand there twice.
-- $from_year          first fiscal year to look at
-- @batch_subject_ids  one row per subject: subject, subject_id
with leaf as (
    select member_id as leaf_id
    from (
        select
            member_id,
            unnest(ancestor_ids) as ancestor_id
        from core.members
        where dimension in ('programme', 'organisation')
    ) as member
    where ancestor_id in (
        select subject_id from batch_subject_ids
        where subject <> 'line'
    )
)

select line_year_id
from core.line_years
where fiscal_year >= $from_year
    and line_id in (
        select subject_id from batch_subject_ids
        where subject = 'line'
    )
union all
select line_year_id
from core.line_years
where fiscal_year >= $from_year and programme_id in (select leaf_id from leaf)
union all
select line_year_id
from core.line_years
where fiscal_year >= $from_year and organisation_id in (select leaf_id from leaf)
