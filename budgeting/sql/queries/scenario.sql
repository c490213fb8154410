-- At most one row: a scenario as it is now.
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
    author,
    begun_at
from mart.scenarios
where scenario_id = $scenario_id
