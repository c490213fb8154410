-- One row per move of a scenario that has lost a line or its baseline to an undone import.
create or replace view mart.orphaned_virements as
select
    virement.scenario_id,
    scenario.municipality_code,
    scenario.name,
    virement.sequence,
    virement.from_line_id,
    virement.to_line_id,
    virement.amount
from core.virements as virement
inner join core.scenarios as scenario using (scenario_id)
where virement.from_line_id not in (select line_id from core.line_years)
    or virement.to_line_id not in (select line_id from core.line_years)
    or scenario.baseline_vintage_id not in (select vintage_id from core.budget_amounts);
comment on view mart.orphaned_virements is 'One row per move of a scenario whose lines or baseline are in no stored budget any more.';
comment on column mart.orphaned_virements.scenario_id is 'Scenario.';
comment on column mart.orphaned_virements.municipality_code is 'Municipality.';
comment on column mart.orphaned_virements.name is 'Name of the scenario.';
comment on column mart.orphaned_virements.sequence is 'Order of the move.';
comment on column mart.orphaned_virements.from_line_id is 'Budget line that gives.';
comment on column mart.orphaned_virements.to_line_id is 'Budget line that takes.';
comment on column mart.orphaned_virements.amount is 'Amount moved, above zero.';
