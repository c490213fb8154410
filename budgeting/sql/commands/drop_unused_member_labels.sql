-- Remove what members were called in years in which no line uses them any more.
-- $import_id  import
delete from core.member_labels
where (member_id, fiscal_year) in (
    select
        member.member_id,
        part.fiscal_year
    from core.members as member
    inner join core.source_files as part using (municipality_code, direction)
    where part.import_id = $import_id
)
and (member_id, fiscal_year) not in (
    with leaf as (
        select distinct
            line_year.fiscal_year,
            unnest([
                line_year.organisation_id, line_year.programme_id, line_year.function_id,
                line_year.economic_class_id, line_year.fund_id
            ]) as member_id
        from core.line_years as line_year
        semi join core.source_files as part
            on part.import_id = $import_id
                and part.municipality_code = line_year.municipality_code
                and part.direction = line_year.direction
    )

    select
        unnest(member.ancestor_ids),
        leaf.fiscal_year
    from leaf
    inner join core.members as member using (member_id)
)
