-- One row per move that was ever added to a scenario, and whether it stands: its last entry in the log
-- does not withdraw it. The one place that says so.
create or replace view mart.scenario_moves as
select
    added.* exclude (action, change, undoes),
    last_entry.action <> 'withdraw' as is_standing
from core.scenario_moves as added
inner join (
    select
        scenario_id,
        move_number,
        arg_max(action, sequence) as action
    from core.scenario_moves
    group by all
) as last_entry
    on last_entry.scenario_id = added.scenario_id and last_entry.move_number = added.move_number
where added.action = 'add';
comment on view mart.scenario_moves is 'One row per move ever added to a scenario, in the order in which they are made by scenario and sequence.';
comment on column mart.scenario_moves.scenario_id is 'Scenario.';
comment on column mart.scenario_moves.sequence is 'Number of the entry that added it.';
comment on column mart.scenario_moves.act is 'First sequence of what was added at once.';
comment on column mart.scenario_moves.move_number is 'Its own number: the sequence.';
comment on column mart.scenario_moves.kind is 'virement, level, new_line, users or fees.';
comment on column mart.scenario_moves.direction is 'expenditure or revenue, of the subject; empty where there is none.';
comment on column mart.scenario_moves.subject_kind is 'What changes, or takes: all, line, organisation, programme, function, economic_class, fund or service.';
comment on column mart.scenario_moves.subject_code is 'Year-free code of it: line_code or path_code.';
comment on column mart.scenario_moves.giver_direction is 'expenditure or revenue, of who gives; empty unless it is a virement.';
comment on column mart.scenario_moves.giver_kind is 'Who gives, as subject_kind.';
comment on column mart.scenario_moves.giver_code is 'Year-free code of who gives.';
comment on column mart.scenario_moves.amount is 'Amount: above zero for a virement, signed for a level.';
comment on column mart.scenario_moves.percent is 'Percentage as it was entered, 10 for ten; empty where an amount was.';
comment on column mart.scenario_moves.label is 'Name of a new line.';
comment on column mart.scenario_moves.service_code is 'Service whose users or fees change.';
comment on column mart.scenario_moves.sex is 'Whose number changes, in a change of users.';
comment on column mart.scenario_moves.people is 'By how many, in a change of users.';
comment on column mart.scenario_moves.reason is 'Why, in the words of who made the move.';
comment on column mart.scenario_moves.recorded_by is 'Who made the move.';
comment on column mart.scenario_moves.recorded_at is 'When.';
comment on column mart.scenario_moves.is_standing is 'Whether it stands: it is not withdrawn, or restored after that.';
