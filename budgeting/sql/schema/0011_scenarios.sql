-- Scenarios: moves of money on a baseline, the rules that they keep, and what is said of moves.
-- The tables were prepared before; nothing has ever written into them.
drop view if exists mart.orphaned_virements;
drop table core.virements;
drop table core.scenarios;

create table core.scenarios (
    scenario_id integer not null,
    version integer not null,
    municipality_code varchar not null,
    fiscal_year integer not null,
    stage varchar not null,
    currency_code varchar not null,
    vintage_id integer not null,
    revenue_vintage_id integer,
    data_version bigint not null,
    baseline varchar not null,
    rules_version integer not null,
    name varchar not null,
    description varchar not null,
    copied_from integer,
    state varchar not null,
    change varchar not null,
    reason varchar not null,
    recorded_by varchar not null,
    recorded_at timestamptz not null,
    primary key (scenario_id, version)
);
comment on table core.scenarios is 'One row per version of what a scenario is called, stands on and has come to, append-only: the highest version counts.';
comment on column core.scenarios.scenario_id is 'Identifier of the scenario, the same in all versions.';
comment on column core.scenarios.version is 'Number of the version, from 1.';
comment on column core.scenarios.municipality_code is 'Municipality.';
comment on column core.scenarios.fiscal_year is 'Fiscal year of the baseline.';
comment on column core.scenarios.stage is 'Stage of the baseline.';
comment on column core.scenarios.currency_code is 'ISO 4217, of every amount.';
comment on column core.scenarios.vintage_id is 'Statement of expenditure that it starts from.';
comment on column core.scenarios.revenue_vintage_id is 'Statement of revenue that it starts from; empty where none is stored.';
comment on column core.scenarios.data_version is 'Data version at which it was begun or rebased.';
comment on column core.scenarios.baseline is 'Fingerprint of the lines that it starts from, kept in core.baseline_lines.';
comment on column core.scenarios.rules_version is 'Version of the municipality''s rules that it must keep; 0 where there were none.';
comment on column core.scenarios.name is 'Name as its author calls it.';
comment on column core.scenarios.description is 'In the words of its author.';
comment on column core.scenarios.copied_from is 'Scenario whose moves it began with; empty where it began without any.';
comment on column core.scenarios.state is 'draft, submitted, adopted, rejected or withdrawn.';
comment on column core.scenarios.change is 'begin, copy, open, rename, rebase, submit, adopt, reject or withdraw.';
comment on column core.scenarios.reason is 'Why, in the words of who made this version; empty where nothing was said.';
comment on column core.scenarios.recorded_by is 'Who made this version; the author made the first.';
comment on column core.scenarios.recorded_at is 'When.';

create table core.scenario_moves (
    scenario_id integer not null,
    sequence integer not null,
    act integer not null,
    change varchar not null,
    undoes integer,
    action varchar not null,
    move_number integer not null,
    kind varchar,
    direction varchar,
    subject_kind varchar,
    subject_code varchar,
    giver_direction varchar,
    giver_kind varchar,
    giver_code varchar,
    amount decimal(18, 2),
    percent decimal(18, 6),
    label varchar,
    service_code varchar,
    sex varchar,
    people decimal(18, 4),
    reason varchar,
    recorded_by varchar not null,
    recorded_at timestamptz not null,
    primary key (scenario_id, sequence)
);
comment on table core.scenario_moves is 'One row per entry in the log of a scenario, append-only: a move is added, withdrawn or restored; it stands where its last entry does not withdraw it.';
comment on column core.scenario_moves.scenario_id is 'Scenario.';
comment on column core.scenario_moves.sequence is 'Number of the entry, from 1.';
comment on column core.scenario_moves.act is 'First sequence of what was done at once.';
comment on column core.scenario_moves.change is 'add, reset, undo, redo, rebase, copy or open: what was done.';
comment on column core.scenario_moves.undoes is 'act that an undo takes back, or that a redo makes again; else empty.';
comment on column core.scenario_moves.action is 'add, withdraw or restore.';
comment on column core.scenario_moves.move_number is 'Sequence at which the move was added: its own number, and its place among the moves that stand.';
comment on column core.scenario_moves.kind is 'virement, level, new_line, users or fees; this and the columns up to reason are empty where no move is added.';
comment on column core.scenario_moves.direction is 'expenditure or revenue, of the subject; empty where there is none.';
comment on column core.scenario_moves.subject_kind is 'What changes, or takes: all, line, organisation, programme, function, economic_class, fund or service.';
comment on column core.scenario_moves.subject_code is 'Year-free code of it: line_code or path_code.';
comment on column core.scenario_moves.giver_direction is 'expenditure or revenue, of who gives; empty unless it is a virement.';
comment on column core.scenario_moves.giver_kind is 'Who gives, as subject_kind.';
comment on column core.scenario_moves.giver_code is 'Year-free code of who gives.';
comment on column core.scenario_moves.amount is 'Amount in the currency of the scenario: above zero for a virement, signed for a level.';
comment on column core.scenario_moves.percent is 'Percentage as it was entered, 10 for ten; empty where an amount was.';
comment on column core.scenario_moves.label is 'Name of a new line.';
comment on column core.scenario_moves.service_code is 'Service whose users or fees change.';
comment on column core.scenario_moves.sex is 'Whose number changes, in a change of users.';
comment on column core.scenario_moves.people is 'By how many, in a change of users.';
comment on column core.scenario_moves.reason is 'Why, in the words of who made the move.';
comment on column core.scenario_moves.recorded_by is 'Who made the entry.';
comment on column core.scenario_moves.recorded_at is 'When.';

create table core.baseline_lines (
    baseline varchar not null,
    place integer not null,
    direction varchar not null,
    line_code varchar not null,
    label varchar not null,
    amount decimal(18, 2) not null,
    organisation varchar[] not null,
    programme varchar[] not null,
    "function" varchar[] not null,
    economic_class varchar[] not null,
    fund varchar[] not null,
    services varchar[] not null
);
comment on table core.baseline_lines is 'One row per line of a budget that scenarios start from, as it was then; scenarios that start from the same lines share them.';
comment on column core.baseline_lines.baseline is 'SHA-256 over the lines.';
comment on column core.baseline_lines.place is 'Place among the lines, from 0: it decides who gets the last cent.';
comment on column core.baseline_lines.direction is 'expenditure or revenue.';
comment on column core.baseline_lines.line_code is 'Year-free code of the line.';
comment on column core.baseline_lines.label is 'Label as that year''s file wrote it.';
comment on column core.baseline_lines.amount is 'Amount in the currency of the scenario.';
comment on column core.baseline_lines.organisation is 'path_code of its organisation and of all above it, from the top; none where not known.';
comment on column core.baseline_lines.programme is 'path_code of its programme and of all above it, from the top; none where not known.';
comment on column core.baseline_lines."function" is 'path_code of its COFOG function and of all above it, from the top; none where not known.';
comment on column core.baseline_lines.economic_class is 'path_code of its economic class and of all above it, from the top; none where not known.';
comment on column core.baseline_lines.fund is 'path_code of its fund and of all above it, from the top; none where not known.';
comment on column core.baseline_lines.services is 'Short codes of the services that it paid for.';

create table core.rule_sets (
    municipality_code varchar not null,
    version integer not null,
    note varchar not null,
    recorded_by varchar not null,
    recorded_at timestamptz not null,
    primary key (municipality_code, version)
);
comment on table core.rule_sets is 'One row per version of a municipality''s rules for moving money, append-only: the highest counts, and is replaced as a whole.';
comment on column core.rule_sets.municipality_code is 'Municipality.';
comment on column core.rule_sets.version is 'Number of the version, from 1.';
comment on column core.rule_sets.note is 'Why, in the words of who wrote it.';
comment on column core.rule_sets.recorded_by is 'Who.';
comment on column core.rule_sets.recorded_at is 'When.';

create table core.budget_rules (
    municipality_code varchar not null,
    version integer not null,
    place integer not null,
    rule_code varchar not null,
    kind varchar not null,
    direction varchar not null,
    subject_kind varchar not null,
    subject_code varchar not null,
    amount decimal(18, 2),
    percent decimal(18, 6),
    reason varchar not null,
    source varchar not null,
    primary key (municipality_code, version, rule_code)
);
comment on table core.budget_rules is 'One row per rule of a version of a municipality''s rules.';
comment on column core.budget_rules.municipality_code is 'Municipality.';
comment on column core.budget_rules.version is 'Version of its rules.';
comment on column core.budget_rules.place is 'Place among the rules, from 0.';
comment on column core.budget_rules.rule_code is 'Short code, unique in the version.';
comment on column core.budget_rules.kind is 'balanced, within, limit, limit_each, gives, gives_each, earmarked, protected, floor, ceiling or ceiling_share.';
comment on column core.budget_rules.direction is 'expenditure or revenue, of the subject.';
comment on column core.budget_rules.subject_kind is 'Of which lines: all, line, organisation, programme, function, economic_class, fund or service.';
comment on column core.budget_rules.subject_code is 'Year-free code of the subject; empty for all of its kind.';
comment on column core.budget_rules.amount is 'Figure of rules that have an amount, in the currency of the budget.';
comment on column core.budget_rules.percent is 'Figure of rules that have a percentage, 10 for ten.';
comment on column core.budget_rules.reason is 'Legal or political reason, in the municipality''s own words.';
comment on column core.budget_rules.source is 'Law, decision or link that sets it.';

create table core.consequences (
    consequence_id integer not null,
    municipality_code varchar not null,
    direction varchar not null,
    subject_kind varchar not null,
    subject_code varchar not null,
    movement varchar not null,
    type varchar not null,
    words varchar not null,
    source varchar not null,
    is_withdrawn boolean not null,
    recorded_by varchar not null,
    recorded_at timestamptz not null
);
comment on table core.consequences is 'One row per sentence ever recorded on what a move brings about, append-only: of a subject, movement and type the newest counts.';
comment on column core.consequences.consequence_id is 'Identifier, rising.';
comment on column core.consequences.municipality_code is 'Municipality.';
comment on column core.consequences.direction is 'expenditure or revenue, of the subject.';
comment on column core.consequences.subject_kind is 'line, organisation, programme, function, economic_class, fund or service.';
comment on column core.consequences.subject_code is 'Year-free code of the subject: line_code or path_code.';
comment on column core.consequences.movement is 'more or less: which way its money moves.';
comment on column core.consequences.type is 'legal, social, political or gender.';
comment on column core.consequences.words is 'What it brings about, at most 140 characters.';
comment on column core.consequences.source is 'Who says so.';
comment on column core.consequences.is_withdrawn is 'True where nothing is said of it any more.';
comment on column core.consequences.recorded_by is 'Who.';
comment on column core.consequences.recorded_at is 'When.';
