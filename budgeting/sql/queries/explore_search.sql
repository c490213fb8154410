-- A budget broken down by one dimension, only the lines in which every word is found: in the
-- line's own words, or in the code or label of a classification it belongs to.
-- One row per member of the dimension at a level; member 0 is "not known".
-- {dimension}          dimension to break down by
-- $depth               its level, 1 at the top
-- $municipality_code   municipality
-- $direction           expenditure or revenue
-- $fiscal_year         fiscal year shown; the year before is searched as well
-- $words               folded words, all of which must be found
-- $approved            vintage shown as approved, -1 where there is none
-- $revised             vintage shown as revised, -1 where there is none
-- $committed           vintage shown as committed, -1 where there is none
-- $executed            vintage shown as executed, -1 where there is none
-- $compared            vintage of the year before, -1 where there is none
-- $measure             which of the vintages above counts the lines
-- $organisation_ids    members to keep, null for all; likewise the four below
-- $programme_ids       members to keep
-- $function_ids        members to keep
-- $economic_class_ids  members to keep
-- $fund_ids            members to keep
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

leaf as (
    select
        line.{dimension} as leaf_id,
        amount.vintage_id,
        sum(amount.amount) as amount,
        count(*) as line_count
    from core.budget_amounts as amount
    inner join found using (line_year_id)
    inner join core.line_years as line using (line_year_id)
    where amount.vintage_id in ($approved, $revised, $committed, $executed, $compared)
        and ($organisation_ids is null or organisation_id in (select unnest($organisation_ids)))
        and ($programme_ids is null or programme_id in (select unnest($programme_ids)))
        and ($function_ids is null or function_id in (select unnest($function_ids)))
        and ($economic_class_ids is null or economic_class_id in (select unnest($economic_class_ids)))
        and ($fund_ids is null or fund_id in (select unnest($fund_ids)))
    group by leaf_id, amount.vintage_id
)

select
    coalesce(member.ancestor_ids[$depth], member.member_id, 0) as member_id,
    sum(amount) filter (where vintage_id = $approved) as approved,
    sum(amount) filter (where vintage_id = $revised) as revised,
    sum(amount) filter (where vintage_id = $committed) as committed,
    sum(amount) filter (where vintage_id = $executed) as executed,
    sum(amount) filter (where vintage_id = $compared) as previous,
    coalesce(sum(line_count) filter (where vintage_id = $measure), 0)::bigint as line_count
from leaf
left join core.members as member on leaf.leaf_id = member.member_id
group by 1
order by 1
