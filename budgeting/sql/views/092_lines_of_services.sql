-- Which part of which line-year belongs to which service of a municipality: one row per service and
-- line-year of the year `wanted_year`, null for all. The one place that says what a service bundles.
-- Services that share a line stand in their order, from `share_before` to `share_to` of it, so that
-- cents cut there add up to those of the line.
--
-- Within a service the most detailed subject decides about a line: the line itself, then its
-- programme, then its organisation, each time the deepest level, and of one level the one that is
-- narrowed to an economic class before the one that is not. A share of 0 leaves a line out.
-- Two services may share a line; that their shares are not more than the whole is seen to when a
-- service is defined, and told by queries/service_overlaps.sql for years that came later.
create or replace macro mart.lines_of_services(place, wanted_year) as table
with bundled as materialized (
    select
        line.*,
        row_number() over (order by line.service_id, line.direction, line.subject, line.subject_code, line.economic_code) as bundle_id
    from core.service_lines as line
    semi join (
        select service_id, version
        from mart.services
        where municipality_code = place
    ) as service using (service_id, version)
),

member as materialized (
    select
        member_id,
        dimension,
        direction,
        path_code,
        depth
    from core.members
    where municipality_code = place
        and (
            path_code in (select subject_code from bundled)
            or path_code in (select economic_code from bundled)
        )
),

-- The members below a subject, itself included; a line-year has the most detailed ones.
below as materialized (
    select
        member_id,
        unnest(ancestor_ids) as ancestor_id
    from core.members
    where municipality_code = place and dimension in ('programme', 'organisation', 'economic_class')
),

leaf as materialized (
    select
        bundled.bundle_id,
        bundled.subject,
        bundled.economic_code,
        subject.depth,
        below.member_id
    from bundled
    inner join member as subject
        on subject.path_code = bundled.subject_code
            and subject.dimension = bundled.subject
            and subject.direction = bundled.direction
    inner join below on below.ancestor_id = subject.member_id
),

economic as materialized (
    select
        bundled.bundle_id,
        subject.depth,
        below.member_id
    from bundled
    inner join member as subject
        on subject.path_code = bundled.economic_code
            and subject.dimension = 'economic_class'
            and subject.direction = bundled.direction
    inner join below on below.ancestor_id = subject.member_id
),

line_year as materialized (
    select
        line_year_id,
        line_id,
        fiscal_year,
        direction,
        programme_id,
        organisation_id,
        economic_class_id
    from core.line_years
    where municipality_code = place and (wanted_year is null or fiscal_year = wanted_year)
        and exists (select 1 from bundled)
),

candidate as (
    select
        bundled.bundle_id,
        line_year.line_year_id,
        1000000 as nearness
    from bundled
    inner join core.budget_lines as line
        on line.line_code = bundled.subject_code
            and line.direction = bundled.direction
            and line.municipality_code = place
    inner join line_year on line_year.line_id = line.line_id
    where bundled.subject = 'line'
    union all
    select
        leaf.bundle_id,
        line_year.line_year_id,
        100000 + leaf.depth * 100 + coalesce(economic.depth, 0) as nearness
    from leaf
    inner join line_year on line_year.programme_id = leaf.member_id
    left join economic
        on economic.bundle_id = leaf.bundle_id
            and economic.member_id = line_year.economic_class_id
    where leaf.subject = 'programme'
        and (leaf.economic_code = '' or economic.member_id is not null)
    union all
    select
        leaf.bundle_id,
        line_year.line_year_id,
        leaf.depth * 100 + coalesce(economic.depth, 0) as nearness
    from leaf
    inner join line_year on line_year.organisation_id = leaf.member_id
    left join economic
        on economic.bundle_id = leaf.bundle_id
            and economic.member_id = line_year.economic_class_id
    where leaf.subject = 'organisation'
        and (leaf.economic_code = '' or economic.member_id is not null)
),

decided as (
    select
        bundled.service_id,
        candidate.line_year_id,
        bundled.amount_share,
        bundled.is_capital,
        bundled.subject,
        bundled.subject_code
    from candidate
    inner join bundled using (bundle_id)
    qualify bundle_id = arg_max(bundle_id, nearness) over (
        partition by bundled.service_id, candidate.line_year_id
    )
)

select
    decided.service_id,
    decided.line_year_id,
    line_year.line_id,
    line_year.fiscal_year,
    line_year.direction,
    decided.amount_share,
    sum(decided.amount_share) over upto - decided.amount_share as share_before,
    sum(decided.amount_share) over upto as share_to,
    decided.is_capital,
    decided.subject,
    decided.subject_code
from decided
inner join line_year using (line_year_id)
where decided.amount_share > 0
window upto as (
    partition by decided.line_year_id order by decided.service_id rows unbounded preceding
)
