-- Leave it to the first look to add up the marks of all statements of the municipality of lines.
-- $from_year          first fiscal year
-- @batch_subject_ids  one row per line, all of one municipality: subject_id
insert into mart.statements_to_add_up
select vintage_id
from core.vintages
where fiscal_year >= $from_year
    and municipality_code = (
        select municipality_code
        from core.budget_lines
        where line_id = (select min(subject_id) from batch_subject_ids)
    )
