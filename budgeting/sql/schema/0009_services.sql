-- Who benefits: services and what pays for them, what is counted of their use, and what is missing.
-- The tables were prepared before; nothing has ever written into them.
drop table core.services;
drop table core.service_lines;
drop table core.service_use;

create table core.indicators (
    indicator_id integer primary key,
    municipality_code varchar not null,
    indicator_code varchar not null,
    label varchar not null,
    unit varchar not null,
    unit_label varchar not null,
    programme_code varchar not null,
    organisation_code varchar not null,
    place varchar not null,
    unique (municipality_code, indicator_code)
);
comment on table core.indicators is 'One row per counted thing of a municipality, free of years: what is counted, in which unit, where.';
comment on column core.indicators.indicator_id is 'Identifier.';
comment on column core.indicators.municipality_code is 'Municipality.';
comment on column core.indicators.indicator_code is 'Year-free code: that of the source, else a fingerprint of what tells it from others.';
comment on column core.indicators.label is 'What is counted, in the words of the source.';
comment on column core.indicators.unit is 'persons, number (of what the label says), hours, visits, places, percent and so on; units are never added to each other.';
comment on column core.indicators.unit_label is 'Unit as the source writes it.';
comment on column core.indicators.programme_code is 'Programme as the source writes it; empty where it names none.';
comment on column core.indicators.organisation_code is 'Organisation as the source writes it; empty where it names none.';
comment on column core.indicators.place is 'Part of the municipality, such as a district; empty for all of it. Parts may repeat the whole and are never added to it.';

create table core.indicator_figures (
    figure_id bigint not null,
    change_id bigint not null,
    indicator_id integer not null,
    fiscal_year integer not null,
    kind varchar not null,
    sex varchar not null,
    age_from integer,
    age_to integer,
    group_kind varchar not null,
    group_code varchar not null,
    figure decimal(18, 4),
    data_grade varchar not null,
    sample_size integer,
    design_effect decimal(9, 4),
    source varchar not null,
    import_id integer,
    sheet_name varchar not null,
    row_number integer,
    recorded_by varchar not null,
    recorded_at timestamptz not null,
    is_undone boolean not null
);
comment on table core.indicator_figures is 'One row per figure ever recorded, append-only: of an indicator, year, kind, sex, age and group the newest change counts that is not undone.';
comment on column core.indicator_figures.figure_id is 'Identifier, rising.';
comment on column core.indicator_figures.change_id is 'Number of the change, rising; what was recorded at once shares it.';
comment on column core.indicator_figures.indicator_id is 'What is counted.';
comment on column core.indicator_figures.fiscal_year is 'Fiscal year.';
comment on column core.indicator_figures.kind is 'actual or planned.';
comment on column core.indicator_figures.sex is 'female, male, other, unknown; all where the source does not tell sexes apart.';
comment on column core.indicator_figures.age_from is 'First year of age; empty for all ages.';
comment on column core.indicator_figures.age_to is 'Last year of age; empty for an open band.';
comment on column core.indicator_figures.group_kind is 'Further group, as in data/groups.toml: disability, minority, rural and so on; empty for everybody.';
comment on column core.indicator_figures.group_code is 'Which part of that group; empty where it has none.';
comment on column core.indicator_figures.figure is 'How many, in the unit of the indicator; empty where an earlier figure was taken away.';
comment on column core.indicator_figures.data_grade is 'A (complete register) to E (assumption), as in data/grades.toml.';
comment on column core.indicator_figures.sample_size is 'Persons asked, where the figure is from a survey and the source says how many.';
comment on column core.indicator_figures.design_effect is 'By what the survey''s variance exceeds that of a simple sample; empty where the source does not say.';
comment on column core.indicator_figures.source is 'Where the figure comes from.';
comment on column core.indicator_figures.import_id is 'Import that it came with; empty where a person entered it.';
comment on column core.indicator_figures.sheet_name is 'Sheet of the workbook; empty for a file without sheets or no file.';
comment on column core.indicator_figures.row_number is 'Row in the sheet, counted from 1, header included; empty where a person entered it.';
comment on column core.indicator_figures.recorded_by is 'Who recorded it.';
comment on column core.indicator_figures.recorded_at is 'When.';
comment on column core.indicator_figures.is_undone is 'True once its import or change was taken back; what it had replaced counts again.';

create table core.services (
    service_id integer not null,
    version bigint not null,
    municipality_code varchar not null,
    service_code varchar not null,
    name varchar not null,
    kind varchar not null,
    treatment varchar not null,
    eligible_sex varchar not null,
    eligible_age_from integer,
    eligible_age_to integer,
    capital_life integer,
    capital_rate decimal(9, 6),
    owner varchar not null,
    note varchar not null,
    is_withdrawn boolean not null,
    change varchar not null,
    undoes bigint,
    recorded_by varchar not null,
    recorded_at timestamptz not null,
    primary key (service_id, version)
);
comment on table core.services is 'One row per version of a service, append-only: what lines of money give to people; the highest version counts.';
comment on column core.services.service_id is 'Identifier of the service, the same in all versions.';
comment on column core.services.version is 'Number of the change over all services, rising.';
comment on column core.services.municipality_code is 'Municipality.';
comment on column core.services.service_code is 'Short code, unique in the municipality.';
comment on column core.services.name is 'Name as the municipality writes it.';
comment on column core.services.kind is 'individual (people use it one by one), non_excludable (roads, lighting) or overhead (administration).';
comment on column core.services.treatment is 'What becomes of money that is not attributable: exclude, population or survey; empty for individual services.';
comment on column core.services.eligible_sex is 'Sex for which it is meant: female or male; empty for everybody.';
comment on column core.services.eligible_age_from is 'First year of age for which it is meant; empty for no lower limit.';
comment on column core.services.eligible_age_to is 'Last year of age for which it is meant; empty for no upper limit.';
comment on column core.services.capital_life is 'Years over which its capital lines are spread; empty where they are not.';
comment on column core.services.capital_rate is 'Interest rate of the annuity, 0.03 for 3 %; empty for a straight line.';
comment on column core.services.owner is 'Department or person that owns the data; empty where nobody is named.';
comment on column core.services.note is 'In the words of who defined it.';
comment on column core.services.is_withdrawn is 'True where the service is not kept any more.';
comment on column core.services.change is 'define, change, withdraw or undo.';
comment on column core.services.undoes is 'version that this one takes back.';
comment on column core.services.recorded_by is 'Who made this version.';
comment on column core.services.recorded_at is 'When.';

create table core.service_lines (
    service_id integer not null,
    version bigint not null,
    direction varchar not null,
    subject varchar not null,
    subject_code varchar not null,
    economic_code varchar not null,
    amount_share decimal(9, 6) not null,
    is_capital boolean not null
);
comment on table core.service_lines is 'One row per subject whose money a version of a service bundles; within a service the most detailed subject decides about a line.';
comment on column core.service_lines.service_id is 'Service.';
comment on column core.service_lines.version is 'Its version.';
comment on column core.service_lines.direction is 'expenditure, or revenue: fees that users pay.';
comment on column core.service_lines.subject is 'line, programme or organisation.';
comment on column core.service_lines.subject_code is 'Year-free code of the subject: line_code or path_code.';
comment on column core.service_lines.economic_code is 'path_code of the only economic class that counts; empty for all. Always empty for a line.';
comment on column core.service_lines.amount_share is 'Part of the money that belongs to the service, 0 to 1; 0 leaves a line of a programme out.';
comment on column core.service_lines.is_capital is 'Whether it is capital, shown apart and spread over its life.';

create table core.service_indicators (
    service_id integer not null,
    version bigint not null,
    indicator_code varchar not null,
    role varchar not null,
    is_part boolean not null,
    counts varchar not null
);
comment on table core.service_indicators is 'One row per indicator that says something of a version of a service.';
comment on column core.service_indicators.service_id is 'Service.';
comment on column core.service_indicators.version is 'Its version.';
comment on column core.service_indicators.indicator_code is 'Year-free code of the indicator in the same municipality.';
comment on column core.service_indicators.role is 'users, intensity, waiting, eligible or fees.';
comment on column core.service_indicators.is_part is 'True where a person said that it is one of several disjoint parts, which may be added.';
comment on column core.service_indicators.counts is 'What a plain number counts, such as persons, as a person said it; empty where the unit of the indicator says it.';

create table core.service_answers (
    answer_id bigint not null,
    service_id integer not null,
    fiscal_year integer not null,
    question_code varchar not null,
    answer varchar not null,
    recorded_by varchar not null,
    recorded_at timestamptz not null
);
comment on table core.service_answers is 'One row per answer ever given to a question of the 4R method, append-only: the newest counts.';
comment on column core.service_answers.answer_id is 'Identifier, rising.';
comment on column core.service_answers.service_id is 'Service.';
comment on column core.service_answers.fiscal_year is 'Fiscal year of which it speaks.';
comment on column core.service_answers.question_code is 'Question, as in data/questions_4r.toml.';
comment on column core.service_answers.answer is 'Answer in the words of who gave it; empty where it was taken away.';
comment on column core.service_answers.recorded_by is 'Who.';
comment on column core.service_answers.recorded_at is 'When.';

create table core.data_needs (
    need_id integer not null,
    version bigint not null,
    service_id integer not null,
    what varchar not null,
    owner varchar not null,
    due_date date,
    state varchar not null,
    note varchar not null,
    recorded_by varchar not null,
    recorded_at timestamptz not null,
    primary key (need_id, version)
);
comment on table core.data_needs is 'One row per version of something that is not known of a service and who is to find it out, append-only: the highest version counts.';
comment on column core.data_needs.need_id is 'Identifier of the need, the same in all versions.';
comment on column core.data_needs.version is 'Number of the change over all needs, rising.';
comment on column core.data_needs.service_id is 'Service.';
comment on column core.data_needs.what is 'What is missing: users_by_sex, age, waiting, fees, eligible, cost, intensity or a group of data/groups.toml; other words as written.';
comment on column core.data_needs.owner is 'Department or person that is asked; empty where nobody is named.';
comment on column core.data_needs.due_date is 'Until when; empty where no date is set.';
comment on column core.data_needs.state is 'open, asked, received or dropped.';
comment on column core.data_needs.note is 'In the words of who recorded it.';
comment on column core.data_needs.recorded_by is 'Who.';
comment on column core.data_needs.recorded_at is 'When.';

-- Files of use are imports like budgets; they have parts without an expenditure or revenue.
comment on column core.source_files.direction is 'expenditure or revenue; use for figures of what is used, by whom.';
