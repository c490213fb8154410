-- At most one row: a scenario as it is now. One scan of few rows: mart.scenarios is for all of them.
-- $scenario_id  scenario
select
    scenario_id,
    version,
    municipality_code,
    fiscal_year,
    stage,
    currency_code,
    vintage_id,
    revenue_vintage_id,
    data_version,
    baseline,
    rules_version,
    name,
    description,
    copied_from,
    state,
    change,
    reason,
    recorded_by,
    recorded_at,
    first_value(recorded_by) over first_to_last as author,
    first_value(recorded_at) over first_to_last as begun_at
from core.scenarios
where scenario_id = $scenario_id
window first_to_last as (order by version)
order by version desc
limit 1
