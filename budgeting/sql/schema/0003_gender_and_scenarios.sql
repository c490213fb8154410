-- What the budget is for and what it could become: marks, services and their use, scenarios.
create table core.classifications (
    classification_id bigint not null,
    municipality_code varchar not null,
    subject varchar not null,
    subject_code varchar not null,
    methodology varchar not null,
    methodology_version varchar not null,
    category varchar not null,
    stage varchar,
    amount_share decimal(9, 6) not null,
    evidence varchar not null,
    reason varchar not null,
    confidence varchar not null,
    author varchar not null,
    reviewer varchar,
    state varchar not null,
    recorded_at timestamptz not null
);
comment on table core.classifications is 'One row per mark ever made, append-only: of a subject and methodology the newest row counts.';
comment on column core.classifications.classification_id is 'Identifier, rising.';
comment on column core.classifications.municipality_code is 'Municipality.';
comment on column core.classifications.subject is 'line, programme or organisation; lines inherit the mark of their programme.';
comment on column core.classifications.subject_code is 'Year-free code of the subject: line_code or path_code.';
comment on column core.classifications.methodology is 'Methodology, as its file in data/methodologies is called.';
comment on column core.classifications.methodology_version is 'Version of the methodology.';
comment on column core.classifications.category is 'Category that the methodology gives.';
comment on column core.classifications.stage is 'Stage to which the mark is limited; empty for all.';
comment on column core.classifications.amount_share is 'Part of the amount that is marked, 0 to 1.';
comment on column core.classifications.evidence is 'JSON: each criterion and whether it is met.';
comment on column core.classifications.reason is 'Why, in the author''s words; empty where the methodology asks for none.';
comment on column core.classifications.confidence is 'high, medium or low.';
comment on column core.classifications.author is 'Who marked it.';
comment on column core.classifications.reviewer is 'Second reader; empty until there is one.';
comment on column core.classifications.state is 'draft, reviewed or approved.';
comment on column core.classifications.recorded_at is 'When.';

create table core.services (
    service_id integer primary key,
    municipality_code varchar not null,
    service_code varchar not null,
    name varchar not null
);
comment on table core.services is 'One row per service of a municipality: what lines of money give to people.';
comment on column core.services.service_id is 'Identifier.';
comment on column core.services.municipality_code is 'Municipality.';
comment on column core.services.service_code is 'Short code.';
comment on column core.services.name is 'Name as the municipality writes it.';

create table core.service_lines (
    service_id integer not null,
    line_id bigint not null,
    amount_share decimal(9, 6) not null
);
comment on table core.service_lines is 'One row per budget line that pays for a service.';
comment on column core.service_lines.service_id is 'Service.';
comment on column core.service_lines.line_id is 'Budget line.';
comment on column core.service_lines.amount_share is 'Part of the line that belongs to the service, 0 to 1.';

create table core.service_use (
    service_id integer not null,
    fiscal_year integer not null,
    user_group varchar not null,
    sex varchar not null,
    place varchar not null,
    users decimal(18, 2) not null,
    unit varchar not null,
    intensity decimal(18, 4),
    data_grade varchar not null,
    source varchar not null
);
comment on table core.service_use is 'One row per service, year, group, sex, place and unit; units are never added to each other.';
comment on column core.service_use.service_id is 'Service.';
comment on column core.service_use.fiscal_year is 'Fiscal year.';
comment on column core.service_use.user_group is 'Age band or further group; empty for all.';
comment on column core.service_use.sex is 'female, male, other or unknown.';
comment on column core.service_use.place is 'Part of the municipality; empty for all of it.';
comment on column core.service_use.users is 'How many, in the unit.';
comment on column core.service_use.unit is 'persons, hours, visits or places.';
comment on column core.service_use.intensity is 'Units per user, where known.';
comment on column core.service_use.data_grade is 'A (complete register) to E (assumption).';
comment on column core.service_use.source is 'Where the figure comes from.';

create table core.scenarios (
    scenario_id integer primary key,
    municipality_code varchar not null,
    name varchar not null,
    baseline_vintage_id integer not null,
    baseline_data_version bigint not null,
    author varchar not null,
    state varchar not null,
    recorded_at timestamptz not null
);
comment on table core.scenarios is 'One row per scenario: moves of money on a baseline.';
comment on column core.scenarios.scenario_id is 'Identifier.';
comment on column core.scenarios.municipality_code is 'Municipality.';
comment on column core.scenarios.name is 'Name as its author calls it.';
comment on column core.scenarios.baseline_vintage_id is 'Statement of amounts that it starts from.';
comment on column core.scenarios.baseline_data_version is 'Data version at which it was begun.';
comment on column core.scenarios.author is 'Who made it.';
comment on column core.scenarios.state is 'draft, submitted, adopted or rejected.';
comment on column core.scenarios.recorded_at is 'When.';

create table core.virements (
    scenario_id integer not null,
    sequence integer not null,
    from_line_id bigint not null,
    to_line_id bigint not null,
    amount decimal(18, 2) not null,
    reason varchar not null
);
comment on table core.virements is 'One row per move of a scenario; a virement leaves the total unchanged.';
comment on column core.virements.scenario_id is 'Scenario.';
comment on column core.virements.sequence is 'Order in which the moves are made, from 1.';
comment on column core.virements.from_line_id is 'Budget line that gives.';
comment on column core.virements.to_line_id is 'Budget line that takes.';
comment on column core.virements.amount is 'Amount moved, above zero.';
comment on column core.virements.reason is 'Why; empty where none is given.';
