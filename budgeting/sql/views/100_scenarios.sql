-- One row per scenario as it is now.
create or replace view mart.scenarios as
select
    scenario.*,
    begun.recorded_by as author,
    begun.recorded_at as begun_at
from core.scenarios as scenario
inner join core.scenarios as begun on begun.scenario_id = scenario.scenario_id and begun.version = 1
qualify scenario.version = max(scenario.version) over (partition by scenario.scenario_id);
comment on view mart.scenarios is 'One row per scenario, in its newest version.';
comment on column mart.scenarios.scenario_id is 'Identifier.';
comment on column mart.scenarios.version is 'Newest version, from 1.';
comment on column mart.scenarios.municipality_code is 'Municipality.';
comment on column mart.scenarios.fiscal_year is 'Fiscal year of the baseline.';
comment on column mart.scenarios.stage is 'Stage of the baseline.';
comment on column mart.scenarios.currency_code is 'ISO 4217, of every amount.';
comment on column mart.scenarios.vintage_id is 'Statement of expenditure that it starts from.';
comment on column mart.scenarios.revenue_vintage_id is 'Statement of revenue that it starts from; empty where none is stored.';
comment on column mart.scenarios.data_version is 'Data version at which it was begun or rebased.';
comment on column mart.scenarios.baseline is 'Fingerprint of the lines that it starts from, kept in core.baseline_lines.';
comment on column mart.scenarios.rules_version is 'Version of the municipality''s rules that it must keep; 0 where there were none.';
comment on column mart.scenarios.name is 'Name as its author calls it.';
comment on column mart.scenarios.description is 'In the words of its author.';
comment on column mart.scenarios.copied_from is 'Scenario whose moves it began with; empty where it began without any.';
comment on column mart.scenarios.state is 'draft, submitted, adopted, rejected or withdrawn.';
comment on column mart.scenarios.change is 'What made the newest version.';
comment on column mart.scenarios.reason is 'Why, in the words of who made the newest version.';
comment on column mart.scenarios.recorded_by is 'Who made the newest version.';
comment on column mart.scenarios.recorded_at is 'When.';
comment on column mart.scenarios.author is 'Who began it.';
comment on column mart.scenarios.begun_at is 'When it was begun.';
