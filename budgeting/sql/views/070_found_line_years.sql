-- One row per line-year from `first_year` to `last_year` in which each of the folded `words` is found:
-- in the line's own words, or in the code or label of a classification it belongs to. Without words
-- there is none.
create or replace macro mart.found_line_years(
    municipality, side, first_year, last_year, words
) as table
with asked as (
    select unnest(words) as word
),

hit as (
    select distinct
        asked.word,
        member.member_id
    from asked
    inner join core.members as named
        on named.municipality_code = municipality and named.direction = side
    inner join mart.member_labels as label on label.member_id = named.member_id
    inner join core.members as member
        on member.municipality_code = municipality
            and member.direction = side
            and list_contains(member.ancestor_ids, named.member_id)
    where contains(label.search_text, asked.word) or starts_with(lower(named.code), asked.word)
)

select line.line_year_id
from core.line_years as line
cross join asked
where line.municipality_code = municipality
    and line.direction = side
    and line.fiscal_year between first_year and last_year
    and (
        contains(line.search_text, asked.word)
        or (asked.word, line.organisation_id) in (select word, member_id from hit)
        or (asked.word, line.programme_id) in (select word, member_id from hit)
        or (asked.word, line.function_id) in (select word, member_id from hit)
        or (asked.word, line.economic_class_id) in (select word, member_id from hit)
        or (asked.word, line.fund_id) in (select word, member_id from hit)
    )
group by line.line_year_id
having count(*) = len(words)
