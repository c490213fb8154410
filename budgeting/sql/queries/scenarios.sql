-- The scenarios of a municipality that are not withdrawn, the newest change first.
-- One row per scenario.
-- $municipality_code  municipality
with standing as (
    select
        scenario_id,
        count(*) filter (where is_standing) as move_count,
        max(recorded_at) as moved_at
    from mart.scenario_moves
    group by scenario_id
)

select
    scenario.scenario_id,
    scenario.version,
    scenario.fiscal_year,
    scenario.stage,
    scenario.name,
    scenario.description,
    scenario.state,
    scenario.reason,
    scenario.author,
    scenario.begun_at,
    scenario.recorded_by,
    greatest(scenario.recorded_at, coalesce(standing.moved_at, scenario.recorded_at)) as changed_at,
    coalesce(standing.move_count, 0)::integer as move_count
from mart.scenarios as scenario
left join standing using (scenario_id)
where scenario.municipality_code = $municipality_code and scenario.state <> 'withdrawn'
order by changed_at desc, scenario.scenario_id desc
