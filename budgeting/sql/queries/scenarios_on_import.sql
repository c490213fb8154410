-- Scenarios that undoing an import would leave without a line, or without their baseline.
-- One row per scenario; move_count is how many of its standing moves name what no budget would have.
-- $import_id  import
with leaving as (
    select line_year_id
    from core.line_year_sources as source
    inner join core.source_files as part using (source_file_id)
    group by line_year_id
    having bool_and(part.import_id = $import_id)
),

place as (
    select distinct municipality_code
    from core.source_files
    where import_id = $import_id
),

staying as (
    select
        line_year.municipality_code,
        line_year.line_id,
        [
            line_year.organisation_id, line_year.programme_id, line_year.function_id,
            line_year.economic_class_id, line_year.fund_id
        ] as member_ids
    from core.line_years as line_year
    where line_year.municipality_code in (select municipality_code from place)
        and line_year.line_year_id not in (select line_year_id from leaving)
),

member_used as (
    select distinct unnest(used.ancestor_ids) as member_id
    from core.members as used
    where used.member_id in (select unnest(member_ids) from staying)
),

subject_left as (
    select
        municipality_code,
        direction,
        'line' as kind,
        line_code as code
    from core.budget_lines
    where municipality_code in (select municipality_code from place)
        and line_id not in (select line_id from staying)
    union
    select
        municipality_code,
        direction,
        dimension,
        path_code
    from core.members
    where municipality_code in (select municipality_code from place)
        and member_id not in (select member_id from member_used)
),

statement_left as (
    select stated.vintage_id
    from core.stated_vintages as stated
    inner join core.source_files as part using (source_file_id)
    group by stated.vintage_id
    having bool_and(part.import_id = $import_id)
),

move as (
    select
        scenario.scenario_id,
        move.move_number
    from mart.scenarios as scenario
    inner join mart.scenario_moves as move using (scenario_id)
    inner join subject_left as gone
        on gone.municipality_code = scenario.municipality_code
            and (
                (
                    gone.direction = move.direction
                    and gone.kind = move.subject_kind
                    and gone.code = move.subject_code
                )
                or (
                    gone.direction = move.giver_direction
                    and gone.kind = move.giver_kind
                    and gone.code = move.giver_code
                )
            )
    where move.is_standing
    group by all
)

select
    scenario.scenario_id,
    scenario.name,
    scenario.author,
    scenario.state,
    count(move.move_number) as move_count
from mart.scenarios as scenario
left join move using (scenario_id)
where scenario.state <> 'withdrawn'
    and (
        scenario.vintage_id in (select vintage_id from statement_left)
        or scenario.revenue_vintage_id in (select vintage_id from statement_left)
        or move.move_number is not null
    )
group by all
order by scenario.name, scenario.scenario_id
