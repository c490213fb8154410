-- What people confirmed of lines that undoing an import would take out of their year.
-- One row: how many successions; they are kept and count again when the same codes are stored again.
-- $import_id  import
with leaving as (
    select source.line_year_id
    from core.line_year_sources as source
    inner join core.source_files as part using (source_file_id)
    group by source.line_year_id
    having bool_and(part.import_id = $import_id)
),

gone as (
    select
        line_year.line_id,
        line_year.fiscal_year
    from core.line_years as line_year
    semi join leaving using (line_year_id)
)

select count(distinct link.succession_id) as succession_count
from mart.line_successors as link
where (link.successor_line_id, link.fiscal_year) in (select line_id, fiscal_year from gone)
    or (
        link.line_id in (
            select line_id from gone
            where fiscal_year < link.fiscal_year + (link.change = 'recoded')::integer
        )
        and link.line_id not in (
            select staying.line_id
            from core.line_years as staying
            where staying.fiscal_year < link.fiscal_year + (link.change = 'recoded')::integer
                and staying.line_year_id not in (select line_year_id from leaving)
        )
    )
