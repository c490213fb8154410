-- Line-years in whose label, codes or classifications all words are found.
-- One row per line-year.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        fiscal year
-- $words              folded words, all of which must be found
with asked as (
    select unnest($words) as word
),

hit as (
    select distinct
        asked.word,
        member.member_id
    from asked
    inner join core.members as named
        on named.municipality_code = $municipality_code and named.direction = $direction
    inner join core.member_labels as label on label.member_id = named.member_id
    inner join core.members as member
        on member.municipality_code = $municipality_code
            and member.direction = $direction
            and list_contains(member.ancestor_ids, named.member_id)
    where contains(label.search_text, asked.word) or starts_with(lower(named.code), asked.word)
)

select line.line_year_id
from core.line_years as line
cross join asked
where line.municipality_code = $municipality_code
    and line.direction = $direction
    and line.fiscal_year = $fiscal_year
    and (
        contains(line.search_text, asked.word)
        or (asked.word, line.organisation_id) in (select word, member_id from hit)
        or (asked.word, line.programme_id) in (select word, member_id from hit)
        or (asked.word, line.function_id) in (select word, member_id from hit)
        or (asked.word, line.economic_class_id) in (select word, member_id from hit)
        or (asked.word, line.fund_id) in (select word, member_id from hit)
    )
group by line.line_year_id
having count(*) = len($words)
