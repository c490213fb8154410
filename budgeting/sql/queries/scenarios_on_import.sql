-- Scenarios that undoing an import would leave without a line or without their baseline.
-- One row per scenario.
-- $import_id  import
with leaving as (
    select line_year_id
    from core.line_year_sources as source
    inner join core.source_files as part using (source_file_id)
    group by line_year_id
    having bool_and(part.import_id = $import_id)
),

line_left as (
    select line_id
    from core.line_years
    group by line_id
    having bool_and(line_year_id in (select line_year_id from leaving))
),

statement_left as (
    select stated.vintage_id
    from core.stated_vintages as stated
    inner join core.source_files as part using (source_file_id)
    group by stated.vintage_id
    having bool_and(part.import_id = $import_id)
)

select
    scenario.scenario_id,
    scenario.name,
    scenario.author,
    scenario.state,
    count(virement.sequence) as virement_count
from core.scenarios as scenario
left join core.virements as virement
    on virement.scenario_id = scenario.scenario_id
        and (
            virement.from_line_id in (select line_id from line_left)
            or virement.to_line_id in (select line_id from line_left)
        )
where scenario.baseline_vintage_id in (select vintage_id from statement_left)
    or virement.sequence is not null
group by all
order by scenario.name, scenario.scenario_id
