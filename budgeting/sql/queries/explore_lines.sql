-- The budget lines behind a view, stages side by side, largest first.
-- One row per budget line; `line_total` counts all of them, the sums at the end are of all of them.
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
with member_hit as (
    select
        asked.word,
        member.member_id
    from (select unnest($words) as word) as asked
    inner join core.members as member
        on member.municipality_code = $municipality_code and member.direction = $direction
    inner join core.member_labels as label
        on label.member_id = member.member_id
    where contains(label.search_text, asked.word) or starts_with(lower(member.code), asked.word)
),

word_hit as (
    select
        asked.word,
        list(distinct member.member_id) filter (where hit.member_id is not null) as member_ids
    from (select unnest($words) as word) as asked
    left join core.members as member
        on member.municipality_code = $municipality_code and member.direction = $direction
    left join member_hit as hit
        on hit.word = asked.word and list_contains(member.ancestor_ids, hit.member_id)
    group by asked.word
),

found as (
    select line.line_year_id
    from core.line_years as line
    cross join word_hit
    where line.municipality_code = $municipality_code
        and line.direction = $direction
        and line.fiscal_year in ($fiscal_year, $fiscal_year - 1)
    group by line.line_year_id
    having bool_and(
        contains(line.search_text, word_hit.word)
        or list_has_any(
            coalesce(word_hit.member_ids, []),
            [
                line.organisation_id, line.programme_id, line.function_id,
                line.economic_class_id, line.fund_id
            ]
        )
    )
),

kept as (
    select
        line.line_id,
        amount.vintage_id,
        line.fiscal_year,
        line.label,
        amount.amount
    from core.budget_amounts as amount
    inner join core.line_years as line using (line_year_id)
    where amount.vintage_id in ($approved, $revised, $committed, $executed, $compared)
    and (len($words) = 0 or amount.line_year_id in (select line_year_id from found))
    and ($organisation_ids is null or organisation_id in (select unnest($organisation_ids)))
    and ($programme_ids is null or programme_id in (select unnest($programme_ids)))
    and ($function_ids is null or function_id in (select unnest($function_ids)))
    and ($economic_class_ids is null or economic_class_id in (select unnest($economic_class_ids)))
    and ($fund_ids is null or fund_id in (select unnest($fund_ids)))
),

line as (
    select
        line_id,
        arg_max(label, fiscal_year) as label,
        sum(amount) filter (where vintage_id = $approved) as approved,
        sum(amount) filter (where vintage_id = $revised) as revised,
        sum(amount) filter (where vintage_id = $committed) as committed,
        sum(amount) filter (where vintage_id = $executed) as executed,
        sum(amount) filter (where vintage_id = $compared) as previous,
        sum(amount) filter (where vintage_id = $measure) as measured
    from kept
    group by line_id
)

select
    line.line_id,
    budget_line.line_code,
    line.label,
    line.approved,
    line.revised,
    line.committed,
    line.executed,
    line.previous,
    count(*) over () as line_total,
    sum(line.approved) over () as approved_total,
    sum(line.revised) over () as revised_total,
    sum(line.committed) over () as committed_total,
    sum(line.executed) over () as executed_total,
    sum(line.previous) over () as previous_total
from line
inner join core.budget_lines as budget_line using (line_id)
order by abs(line.measured) desc nulls last, line.line_id
limit $row_limit offset $row_offset
