-- The budget model: what was received, what it means, who may and who did.
create schema staging;
create schema core;
create schema mart;

create table core.schema_versions (
    version integer primary key,
    name varchar not null,
    applied_at timestamptz not null
);
comment on table core.schema_versions is 'One row per applied migration.';
comment on column core.schema_versions.version is 'Number of the migration file.';
comment on column core.schema_versions.name is 'Name of the migration file.';
comment on column core.schema_versions.applied_at is 'When it was applied.';

create table core.municipalities (
    municipality_code varchar primary key,
    name varchar not null,
    country_code varchar not null,
    is_fictional boolean not null
);
comment on table core.municipalities is 'One row per municipality.';
comment on column core.municipalities.municipality_code is 'Short code that every fact carries.';
comment on column core.municipalities.name is 'Name as the municipality writes it.';
comment on column core.municipalities.country_code is 'ISO 3166-1 alpha-2; XX where fictional.';
comment on column core.municipalities.is_fictional is 'True for demo data; every page says so.';

create table core.fiscal_years (
    municipality_code varchar not null,
    fiscal_year integer not null,
    currency_code varchar not null,
    primary key (municipality_code, fiscal_year)
);
comment on table core.fiscal_years is 'One row per municipality and fiscal year that has amounts.';
comment on column core.fiscal_years.municipality_code is 'Municipality.';
comment on column core.fiscal_years.fiscal_year is 'Fiscal year.';
comment on column core.fiscal_years.currency_code is 'ISO 4217; totals never cross currencies.';

create table core.source_files (
    source_file_id integer primary key,
    municipality_code varchar not null,
    fiscal_year integer not null,
    direction varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    mapping_name varchar not null,
    mapping_sha256 varchar not null,
    as_of date,
    header varchar[] not null,
    read_count integer not null,
    accepted_count integer not null,
    skipped_count integer not null,
    rejected_count integer not null,
    imported_by varchar not null,
    imported_at timestamptz not null
);
comment on table core.source_files is 'One row per accepted file: the source behind every number.';
comment on column core.source_files.source_file_id is 'Identifier.';
comment on column core.source_files.municipality_code is 'Municipality.';
comment on column core.source_files.fiscal_year is 'Fiscal year of its amounts.';
comment on column core.source_files.direction is 'expenditure or revenue.';
comment on column core.source_files.file_name is 'Name of the file as it was given.';
comment on column core.source_files.sha256 is 'SHA-256 of its bytes.';
comment on column core.source_files.mapping_name is 'Mapping that was applied.';
comment on column core.source_files.mapping_sha256 is 'SHA-256 of the mapping as it was then.';
comment on column core.source_files.as_of is 'Date of the statement, where it was given.';
comment on column core.source_files.header is 'Column names of the file, in order.';
comment on column core.source_files.read_count is 'Rows read below the header.';
comment on column core.source_files.accepted_count is 'Rows that became amounts.';
comment on column core.source_files.skipped_count is 'Rows left out with a reason (empty rows).';
comment on column core.source_files.rejected_count is 'Rows refused.';
comment on column core.source_files.imported_by is 'Who accepted it.';
comment on column core.source_files.imported_at is 'When.';

create table staging.source_rows (
    source_file_id integer not null,
    row_number integer not null,
    cells varchar[] not null
);
comment on table staging.source_rows is 'One row per row of an accepted file, all text, as received.';
comment on column staging.source_rows.source_file_id is 'File.';
comment on column staging.source_rows.row_number is 'Row in the file, counted from 1, header included.';
comment on column staging.source_rows.cells is 'Cells in the order of the file''s header.';

create table core.import_findings (
    source_file_id integer not null,
    finding_check varchar not null,
    severity varchar not null,
    row_number integer,
    column_name varchar,
    cell_value varchar,
    message varchar not null
);
comment on table core.import_findings is 'One row per finding that an accepted file came with.';
comment on column core.import_findings.source_file_id is 'File.';
comment on column core.import_findings.finding_check is 'Check that noticed it.';
comment on column core.import_findings.severity is 'warning or note; errors are never accepted.';
comment on column core.import_findings.row_number is 'Row in the file, where it concerns one.';
comment on column core.import_findings.column_name is 'Column of the file, where it concerns one.';
comment on column core.import_findings.cell_value is 'The cell as received.';
comment on column core.import_findings.message is 'The finding in English.';

create table core.members (
    member_id integer primary key,
    municipality_code varchar not null,
    dimension varchar not null,
    direction varchar not null,
    path_code varchar not null,
    code varchar not null,
    depth integer not null,
    ancestor_ids integer[] not null
);
comment on table core.members is 'One row per code of a classification that a municipality uses, at every level.';
comment on column core.members.member_id is 'Identifier; 0 is kept for "not known".';
comment on column core.members.municipality_code is 'Municipality.';
comment on column core.members.dimension is 'organisation, programme, function, economic_class or fund.';
comment on column core.members.direction is 'expenditure or revenue: the same code can mean two things.';
comment on column core.members.path_code is 'Codes from the top level down, joined by a slash; year-free.';
comment on column core.members.code is 'Code as the file writes it.';
comment on column core.members.depth is 'Level, 1 at the top.';
comment on column core.members.ancestor_ids is 'Members from the top level down to this one, itself included.';

create table core.member_labels (
    member_id integer not null,
    fiscal_year integer not null,
    label varchar not null,
    primary key (member_id, fiscal_year)
);
comment on table core.member_labels is 'One row per member and fiscal year: what the code was called then.';
comment on column core.member_labels.member_id is 'Member.';
comment on column core.member_labels.fiscal_year is 'Fiscal year.';
comment on column core.member_labels.label is 'Label as the file writes it.';

create table core.budget_lines (
    line_id bigint not null,
    municipality_code varchar not null,
    direction varchar not null,
    line_code varchar not null
);
comment on table core.budget_lines is 'One row per budget line, free of years: marks and comparisons follow it.';
comment on column core.budget_lines.line_id is 'Identifier.';
comment on column core.budget_lines.municipality_code is 'Municipality.';
comment on column core.budget_lines.direction is 'expenditure or revenue.';
comment on column core.budget_lines.line_code is 'Classification codes joined, and the label where it tells lines apart.';

create table core.line_years (
    line_year_id bigint not null,
    line_id bigint not null,
    municipality_code varchar not null,
    fiscal_year integer not null,
    direction varchar not null,
    label varchar not null,
    organisation_id integer not null,
    programme_id integer not null,
    function_id integer not null,
    economic_class_id integer not null,
    fund_id integer not null,
    is_elimination boolean not null
);
comment on table core.line_years is 'One row per budget line and fiscal year, with that year''s label and classification.';
comment on column core.line_years.line_year_id is 'Identifier.';
comment on column core.line_years.line_id is 'Budget line.';
comment on column core.line_years.municipality_code is 'Municipality.';
comment on column core.line_years.fiscal_year is 'Fiscal year.';
comment on column core.line_years.direction is 'expenditure or revenue.';
comment on column core.line_years.label is 'Label as that year''s file writes it.';
comment on column core.line_years.organisation_id is 'Most detailed organisation; 0 not known.';
comment on column core.line_years.programme_id is 'Most detailed programme; 0 not known.';
comment on column core.line_years.function_id is 'Most detailed COFOG function; 0 not known.';
comment on column core.line_years.economic_class_id is 'Most detailed economic class; 0 not known.';
comment on column core.line_years.fund_id is 'Fund or source of finance; 0 not known.';
comment on column core.line_years.is_elimination is 'True for consolidation eliminations.';

create table core.line_year_sources (
    line_year_id bigint not null,
    source_file_id integer not null,
    row_number integer not null
);
comment on table core.line_year_sources is 'One row per source row of a line-year: rows that share all codes are summed.';
comment on column core.line_year_sources.line_year_id is 'Line-year.';
comment on column core.line_year_sources.source_file_id is 'File.';
comment on column core.line_year_sources.row_number is 'Row in the file.';

create table core.line_successors (
    line_id bigint not null,
    successor_line_id bigint not null,
    change varchar not null,
    amount_share decimal(9, 6) not null,
    confirmed_by varchar not null,
    confirmed_at timestamptz not null
);
comment on table core.line_successors is 'One row per confirmed link from a line to the line that continues it.';
comment on column core.line_successors.line_id is 'Earlier line.';
comment on column core.line_successors.successor_line_id is 'Line that continues it.';
comment on column core.line_successors.change is 'renamed, split, merged or moved.';
comment on column core.line_successors.amount_share is 'Part of the earlier line that it continues, 0 to 1.';
comment on column core.line_successors.confirmed_by is 'Who confirmed it.';
comment on column core.line_successors.confirmed_at is 'When.';

create table core.vintages (
    vintage_id integer primary key,
    municipality_code varchar not null,
    fiscal_year integer not null,
    direction varchar not null,
    stage varchar not null,
    as_of date,
    decision_number varchar
);
comment on table core.vintages is 'One row per statement of amounts: a stage of a year, as of a date, by a decision.';
comment on column core.vintages.vintage_id is 'Identifier.';
comment on column core.vintages.municipality_code is 'Municipality.';
comment on column core.vintages.fiscal_year is 'Fiscal year.';
comment on column core.vintages.direction is 'expenditure or revenue.';
comment on column core.vintages.stage is 'proposed, approved, revised, committed, executed or forecast.';
comment on column core.vintages.as_of is 'Date of the statement; empty where the source gives none.';
comment on column core.vintages.decision_number is 'Number of the decision, where given.';

create table core.budget_amounts (
    vintage_id integer not null,
    line_year_id bigint not null,
    source_file_id integer not null,
    amount decimal(18, 2) not null
);
comment on table core.budget_amounts is 'One row per line-year and vintage; a second rebalance never overwrites the first.';
comment on column core.budget_amounts.vintage_id is 'Vintage.';
comment on column core.budget_amounts.line_year_id is 'Line-year.';
comment on column core.budget_amounts.source_file_id is 'File that the amount came from.';
comment on column core.budget_amounts.amount is 'Amount in the currency of the year.';

create table core.populations (
    municipality_code varchar not null,
    reference_date date not null,
    sex varchar not null,
    age_from integer not null,
    age_to integer,
    people integer not null,
    source varchar not null
);
comment on table core.populations is 'One row per municipality, date, sex and age band.';
comment on column core.populations.municipality_code is 'Municipality.';
comment on column core.populations.reference_date is 'Date to which the count refers.';
comment on column core.populations.sex is 'female, male, other or unknown.';
comment on column core.populations.age_from is 'First year of age of the band.';
comment on column core.populations.age_to is 'Last year of age of the band; empty for an open band.';
comment on column core.populations.people is 'Residents.';
comment on column core.populations.source is 'Where the count comes from.';

create table core.deflators (
    municipality_code varchar not null,
    fiscal_year integer not null,
    price_index decimal(12, 4) not null,
    source varchar not null,
    primary key (municipality_code, fiscal_year)
);
comment on table core.deflators is 'One row per municipality and year with a price index.';
comment on column core.deflators.municipality_code is 'Municipality.';
comment on column core.deflators.fiscal_year is 'Fiscal year.';
comment on column core.deflators.price_index is 'Index level; any base, only ratios are used.';
comment on column core.deflators.source is 'Where the index comes from.';

create table core.user_roles (
    user_name varchar primary key,
    role varchar not null,
    assigned_by varchar not null,
    assigned_at timestamptz not null
);
comment on table core.user_roles is 'One row per person with a role.';
comment on column core.user_roles.user_name is 'Name from sign-in, mostly an e-mail address.';
comment on column core.user_roles.role is 'viewer, editor, reviewer or administrator.';
comment on column core.user_roles.assigned_by is 'Who assigned it.';
comment on column core.user_roles.assigned_at is 'When.';

create table core.audit_events (
    sequence bigint not null unique,
    happened_at varchar not null,
    user_name varchar not null,
    role varchar not null,
    action varchar not null,
    municipality_code varchar not null,
    subject varchar not null,
    reason varchar not null,
    details varchar not null,
    previous_hash varchar not null,
    event_hash varchar not null
);
comment on table core.audit_events is 'One row per change, appended in the transaction of the change; each row seals the one before.';
comment on column core.audit_events.sequence is 'Number of the event without gaps; also the data version.';
comment on column core.audit_events.happened_at is 'UTC, ISO 8601, as sealed.';
comment on column core.audit_events.user_name is 'Who.';
comment on column core.audit_events.role is 'Role that person had.';
comment on column core.audit_events.action is 'What was done.';
comment on column core.audit_events.municipality_code is 'Municipality; empty where it concerns none.';
comment on column core.audit_events.subject is 'To what.';
comment on column core.audit_events.reason is 'Why; empty where no reason is asked for.';
comment on column core.audit_events.details is 'JSON with old and new values.';
comment on column core.audit_events.previous_hash is 'event_hash of the event before; empty for the first.';
comment on column core.audit_events.event_hash is 'SHA-256 over this row''s other fields.';

create table mart.cube (
    vintage_id integer not null,
    organisation_id integer not null,
    programme_id integer not null,
    function_id integer not null,
    economic_class_id integer not null,
    fund_id integer not null,
    line_count integer not null,
    amount decimal(18, 2) not null
);
comment on table mart.cube is 'One row per vintage and combination of classifications; rewritten for a vintage when its amounts change.';
comment on column mart.cube.vintage_id is 'Vintage.';
comment on column mart.cube.organisation_id is 'Most detailed organisation; 0 not known.';
comment on column mart.cube.programme_id is 'Most detailed programme; 0 not known.';
comment on column mart.cube.function_id is 'Most detailed function; 0 not known.';
comment on column mart.cube.economic_class_id is 'Most detailed economic class; 0 not known.';
comment on column mart.cube.fund_id is 'Fund; 0 not known.';
comment on column mart.cube.line_count is 'Budget lines summed.';
comment on column mart.cube.amount is 'Sum of their amounts.';
