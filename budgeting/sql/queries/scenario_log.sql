-- The log of a scenario, from its beginning; what was added says whether it stands, as
-- mart.scenario_moves does: the last entry of its move does not withdraw it.
-- One row per entry.
-- $scenario_id  scenario
select
    sequence,
    act,
    change,
    undoes,
    action,
    move_number,
    kind,
    direction,
    subject_kind,
    subject_code,
    giver_direction,
    giver_kind,
    giver_code,
    amount,
    percent,
    label,
    service_code,
    sex,
    people,
    reason,
    recorded_by,
    recorded_at,
    arg_max(action, sequence) over (partition by move_number) <> 'withdraw' as is_standing
from core.scenario_moves
where scenario_id = $scenario_id
order by sequence
