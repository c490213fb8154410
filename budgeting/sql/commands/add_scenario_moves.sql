-- Add entries to the log of a scenario.
-- $scenario_id    scenario
-- $recorded_by    who
-- $recorded_at    when
-- @batch_entries  one row per entry, with the columns of core.scenario_moves between these, in their order
insert into core.scenario_moves
select
    $scenario_id,
    *,
    $recorded_by,
    $recorded_at
from batch_entries
