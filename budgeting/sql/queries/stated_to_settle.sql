-- What files say of lines for which a person decided otherwise, while nobody has settled it: nobody
-- has said so, and no person has changed the line's marks since.
-- One row per part of what a file states of a line and stage, the newest file's only.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        fiscal year
-- $methodology        methodology
with open_statement as (
    select stated.*
    from core.stated_otherwise as stated
    where stated.municipality_code = $municipality_code
        and stated.direction = $direction
        and stated.fiscal_year = $fiscal_year
        and stated.methodology = $methodology
    qualify stated.import_id = max(stated.import_id) over (partition by stated.line_code, stated.stage)
)

select
    open_statement.import_id,
    open_statement.line_code,
    line_year.label,
    open_statement.stage,
    open_statement.category as stated_category,
    open_statement.methodology_version,
    open_statement.rule_fingerprint,
    open_statement.share_before,
    open_statement.amount_share,
    import.file_name,
    open_statement.standing_id,
    case when standing.state <> 'withdrawn' then standing.category end as category,
    standing.state,
    coalesce(
        standing.reviewer,
        case when standing.state = 'withdrawn' then standing.recorded_by else standing.author end
    ) as decided_by
from open_statement
inner join core.imports as import using (import_id)
inner join core.classifications as standing on standing.classification_id = open_statement.standing_id
inner join core.budget_lines as line
    on line.municipality_code = open_statement.municipality_code
        and line.direction = open_statement.direction
        and line.line_code = open_statement.line_code
inner join core.line_years as line_year
    on line_year.line_id = line.line_id and line_year.fiscal_year = open_statement.fiscal_year
where open_statement.settled_at is null
    and not exists (
        select 1
        from core.classifications as later
        where later.municipality_code = open_statement.municipality_code
            and later.direction = open_statement.direction
            and later.subject = 'line'
            and later.subject_code = open_statement.line_code
            and later.methodology = open_statement.methodology
            and later.mark_id > standing.mark_id
            and later.change <> 'import'
    )
order by line_year.label, open_statement.line_code, open_statement.stage, open_statement.share_before
