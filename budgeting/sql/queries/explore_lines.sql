-- The budget lines behind a view, stages side by side, largest first.
-- The amount of the year before is that of the lines which a line continues, as people confirmed: of
-- those that the view keeps.
-- One row per budget line; `row_total` counts all of them, `line_total` those that the measure has,
-- and the sums at the end are of all of them.
-- $municipality_code   municipality
-- $direction           expenditure or revenue
-- $fiscal_year         fiscal year shown; the year before is searched as well
-- $words               folded words, all of which must be found; an empty list keeps all lines
-- $approved            vintage shown as approved, -1 where there is none
-- $revised             vintage shown as revised, -1 where there is none
-- $committed           vintage shown as committed, -1 where there is none
-- $executed            vintage shown as executed, -1 where there is none
-- $compared            vintage of the year before, -1 where there is none
-- $organisation_ids    members to keep, null for all; likewise the four below
-- $programme_ids       members to keep
-- $function_ids        members to keep
-- $economic_class_ids  members to keep
-- $fund_ids            members to keep
-- $measure             which of the vintages above decides the order
-- $row_limit           rows to return
-- $row_offset          rows to leave out first
with own_line as (
    select *
    from core.line_years
    where municipality_code = $municipality_code
        and direction = $direction
        and fiscal_year in ($fiscal_year, $fiscal_year - 1)
),

found as (
    select line_year_id
    from mart.found_line_years(
        $municipality_code, $direction, $fiscal_year - 1, $fiscal_year, $words
    )
),

kept as (
    select
        line.line_id,
        amount.vintage_id,
        amount.amount
    from core.budget_amounts as amount
    inner join own_line as line using (line_year_id)
    where amount.vintage_id in ($approved, $revised, $committed, $executed, $compared)
        and (len($words) = 0 or amount.line_year_id in (select line_year_id from found))
        and ($organisation_ids is null or list_contains($organisation_ids, organisation_id))
        and ($programme_ids is null or list_contains($programme_ids, programme_id))
        and ($function_ids is null or list_contains($function_ids, function_id))
        and ($economic_class_ids is null or list_contains($economic_class_ids, economic_class_id))
        and ($fund_ids is null or list_contains($fund_ids, fund_id))
),

-- A line that goes on as one which the view leaves out has gone from the view.
carried as (
    select
        line_id,
        share_before,
        share_to,
        case
            when successor_line_id in (select line_id from kept where vintage_id = $measure)
                then successor_line_id
            else line_id
        end as successor_line_id
    from mart.carried_lines($compared, $measure)
),

-- A line that got another code within the year is one row, with the code that the measure has; where a
-- statement has both, they are two.
recoded as (
    select
        link.line_id,
        link.successor_line_id,
        link.successor_line_id in (select line_id from kept where vintage_id = $measure) as is_later
    from mart.line_successors as link
    where link.change = 'recoded'
        and link.fiscal_year = $fiscal_year
        and link.line_id in (select line_id from kept)
        and link.successor_line_id in (select line_id from kept)
        and not exists (
            select 1
            from kept as old
            inner join kept as new on new.vintage_id = old.vintage_id
            where old.line_id = link.line_id
                and new.line_id = link.successor_line_id
                and old.vintage_id <> $compared
        )
),

one_code as (
    select
        case when is_later then line_id else successor_line_id end as line_id,
        case when is_later then successor_line_id else line_id end as shown_line_id
    from recoded
),

piece as (
    select
        coalesce(carried.successor_line_id, one_code.shown_line_id, kept.line_id) as line_id,
        kept.vintage_id,
        case
            when carried.line_id is null then kept.amount
            else round(kept.amount * carried.share_to, 2) - round(kept.amount * carried.share_before, 2)
        end::decimal(18, 2) as amount
    from kept
    left join carried on carried.line_id = kept.line_id and kept.vintage_id = $compared
    left join one_code on one_code.line_id = kept.line_id and kept.vintage_id <> $compared
),

line as (
    select
        line_id,
        sum(amount) filter (where vintage_id = $approved) as approved,
        sum(amount) filter (where vintage_id = $revised) as revised,
        sum(amount) filter (where vintage_id = $committed) as committed,
        sum(amount) filter (where vintage_id = $executed) as executed,
        sum(amount) filter (where vintage_id = $compared) as previous,
        sum(amount) filter (where vintage_id = $measure) as measured
    from piece
    group by line_id
),

total as (
    select
        count(*) as row_total,
        count(measured) as line_total,
        sum(approved) as approved_total,
        sum(revised) as revised_total,
        sum(committed) as committed_total,
        sum(executed) as executed_total,
        sum(previous) as previous_total
    from line
),

shown as (
    select *
    from line
    order by abs(measured) desc nulls last, line_id
    limit $row_limit offset $row_offset
),

label as (
    select
        line_id,
        arg_max(label, fiscal_year) as label
    from own_line
    where line_id in (select line_id from shown)
    group by line_id
)

select
    shown.line_id,
    budget_line.line_code,
    label.label,
    shown.approved,
    shown.revised,
    shown.committed,
    shown.executed,
    shown.previous,
    total.*
from shown
cross join total
inner join core.budget_lines as budget_line using (line_id)
inner join label using (line_id)
order by abs(shown.measured) desc nulls last, shown.line_id
