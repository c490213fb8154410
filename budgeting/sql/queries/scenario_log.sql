-- The log of a scenario, from its beginning; what was added says whether it stands.
-- One row per entry.
-- $scenario_id  scenario
select
    entry.sequence,
    entry.act,
    entry.change,
    entry.undoes,
    entry.action,
    entry.move_number,
    entry.kind,
    entry.direction,
    entry.subject_kind,
    entry.subject_code,
    entry.giver_direction,
    entry.giver_kind,
    entry.giver_code,
    entry.amount,
    entry.percent,
    entry.label,
    entry.service_code,
    entry.sex,
    entry.people,
    entry.reason,
    entry.recorded_by,
    entry.recorded_at,
    coalesce(move.is_standing, false) as is_standing
from core.scenario_moves as entry
left join mart.scenario_moves as move
    on move.scenario_id = entry.scenario_id and move.sequence = entry.sequence
where entry.scenario_id = $scenario_id
order by entry.sequence
