-- One row per standing move of a scenario that names what no stored budget has, or whose baseline is
-- stored no more. Derived and not stored, as mart.orphaned_marks is.
create or replace view mart.orphaned_moves as
with named as (
    select
        scenario_id,
        move_number,
        direction,
        subject_kind as kind,
        subject_code as code
    from mart.scenario_moves
    where is_standing
    union all
    select
        scenario_id,
        move_number,
        giver_direction,
        giver_kind,
        giver_code
    from mart.scenario_moves
    where is_standing
),

stored as (
    select distinct
        line.municipality_code,
        line.direction,
        'line' as kind,
        line.line_code as code
    from core.budget_lines as line
    semi join core.line_years as line_year using (line_id)
    union all
    select
        municipality_code,
        direction,
        dimension,
        path_code
    from core.members
    union all
    select
        municipality_code,
        unnest(['expenditure', 'revenue']),
        'service',
        service_code
    from mart.services
    union all
    select
        municipality_code,
        unnest(['expenditure', 'revenue']),
        'all',
        ''
    from core.municipalities
)

select distinct
    scenario.scenario_id,
    scenario.municipality_code,
    scenario.name,
    named.move_number
from named
inner join mart.scenarios as scenario using (scenario_id)
left join stored
    on stored.municipality_code = scenario.municipality_code
        and stored.direction = named.direction
        and stored.kind = named.kind
        and stored.code = named.code
where scenario.state <> 'withdrawn'
    and named.kind <> ''
    and (
        stored.code is null
        or scenario.vintage_id not in (select vintage_id from core.budget_amounts)
    );
comment on view mart.orphaned_moves is 'One row per standing move of a scenario that has lost its lines or its baseline to an undone import.';
comment on column mart.orphaned_moves.scenario_id is 'Scenario.';
comment on column mart.orphaned_moves.municipality_code is 'Municipality.';
comment on column mart.orphaned_moves.name is 'Name of the scenario.';
comment on column mart.orphaned_moves.move_number is 'Its number.';
