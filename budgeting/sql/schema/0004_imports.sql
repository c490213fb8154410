-- Imports: one acceptance may hold several sheets, years and municipalities, and can be undone.
create table core.imports (
    import_id integer primary key,
    file_name varchar not null,
    sha256 varchar not null,
    mapping_name varchar not null,
    mapping_sha256 varchar not null,
    mapping_text varchar not null,
    as_of date,
    corrections_name varchar,
    corrections_sha256 varchar,
    read_count integer not null,
    accepted_count integer not null,
    skipped_count integer not null,
    rejected_count integer not null,
    printed_totals varchar not null,
    imported_by varchar not null,
    imported_at timestamptz not null,
    undone_by varchar,
    undone_at timestamptz,
    undo_reason varchar
);
comment on table core.imports is 'One row per acceptance: the file behind its numbers; it stays when it is undone.';
comment on column core.imports.import_id is 'Identifier, rising; never given twice.';
comment on column core.imports.file_name is 'Name of the file as it was given.';
comment on column core.imports.sha256 is 'SHA-256 of its bytes.';
comment on column core.imports.mapping_name is 'Mapping that was applied.';
comment on column core.imports.mapping_sha256 is 'SHA-256 of the mapping as it was then.';
comment on column core.imports.mapping_text is 'The mapping as it was then, as TOML; empty for files accepted before it was kept.';
comment on column core.imports.as_of is 'Date of the statement, where it was given.';
comment on column core.imports.corrections_name is 'Name of the file of corrected rows; empty where there was none.';
comment on column core.imports.corrections_sha256 is 'SHA-256 of the file of corrected rows.';
comment on column core.imports.read_count is 'Rows read below the headers.';
comment on column core.imports.accepted_count is 'Rows that became amounts.';
comment on column core.imports.skipped_count is 'Rows left out with a reason.';
comment on column core.imports.rejected_count is 'Rows refused.';
comment on column core.imports.printed_totals is 'JSON: totals that the file states about itself, and what they come to when added again.';
comment on column core.imports.imported_by is 'Who accepted it.';
comment on column core.imports.imported_at is 'When.';
comment on column core.imports.undone_by is 'Who undid it; empty while it counts.';
comment on column core.imports.undone_at is 'When it was undone.';
comment on column core.imports.undo_reason is 'Why it was undone.';
insert into core.imports
select
    source_file_id, file_name, sha256, mapping_name, mapping_sha256, '', as_of, null, null,
    read_count, accepted_count, skipped_count, rejected_count, '[]', imported_by, imported_at,
    null, null, null
from core.source_files;

-- What is said once of the whole file moves to the import; a part keeps what is its own.
create table core.file_parts (
    source_file_id integer primary key,
    import_id integer not null,
    municipality_code varchar not null,
    fiscal_year integer not null,
    direction varchar not null,
    sheet_name varchar not null,
    header varchar[] not null,
    accepted_count integer not null,
    is_undone boolean not null
);
insert into core.file_parts
select
    source_file_id, source_file_id as import_id, municipality_code, fiscal_year, direction, '', header,
    accepted_count, false
from core.source_files;
drop table core.source_files;
alter table core.file_parts rename to source_files;
comment on table core.source_files is 'One row per part of an accepted file: what one sheet says of one municipality, year and direction.';
comment on column core.source_files.source_file_id is 'Identifier.';
comment on column core.source_files.import_id is 'Import that it is part of.';
comment on column core.source_files.municipality_code is 'Municipality.';
comment on column core.source_files.fiscal_year is 'Fiscal year of its amounts.';
comment on column core.source_files.direction is 'expenditure or revenue.';
comment on column core.source_files.sheet_name is 'Sheet of the workbook; empty for a file without sheets.';
comment on column core.source_files.header is 'Column names of the sheet, in order.';
comment on column core.source_files.accepted_count is 'Rows of the sheet that became amounts of this part.';
comment on column core.source_files.is_undone is 'True once its import is undone; its amounts are then gone.';

-- Rows are kept once per sheet, not per part: a table of fifteen years has fifteen parts and the
-- same rows. A line leads to its part, the part to import and sheet, and these to row and cells.
-- The cells are one text and no list: a list of texts takes three times as long to write.
create table staging.sheet_rows (
    import_id integer not null,
    sheet_name varchar not null,
    row_number integer not null,
    cells varchar not null
);
insert into staging.sheet_rows
select
    source_file_id,
    '',
    row_number,
    to_json(cells)::varchar
from staging.source_rows;
drop table staging.source_rows;
alter table staging.sheet_rows rename to source_rows;
comment on table staging.source_rows is 'One row per row of a sheet of an accepted file, all text, as received; kept when it is undone.';
comment on column staging.source_rows.import_id is 'Import.';
comment on column staging.source_rows.sheet_name is 'Sheet of the workbook; empty for a file without sheets.';
comment on column staging.source_rows.row_number is 'Row in the sheet, counted from 1, header included.';
comment on column staging.source_rows.cells is 'JSON list of the cells, in the order of the header.';

create table core.findings_of_imports (
    import_id integer not null,
    finding_check varchar not null,
    severity varchar not null,
    sheet_name varchar,
    row_number integer,
    column_name varchar,
    cell_value varchar,
    message varchar not null,
    reason varchar
);
insert into core.findings_of_imports
select source_file_id, finding_check, severity, '', row_number, column_name, cell_value, message, null
from core.import_findings;
drop table core.import_findings;
alter table core.findings_of_imports rename to import_findings;
comment on table core.import_findings is 'One row per finding that an accepted file came with.';
comment on column core.import_findings.import_id is 'Import.';
comment on column core.import_findings.finding_check is 'Check that noticed it.';
comment on column core.import_findings.severity is 'question, warning or note; what is an error is never accepted.';
comment on column core.import_findings.sheet_name is 'Sheet of the workbook, where it concerns one.';
comment on column core.import_findings.row_number is 'Row in the sheet, where it concerns one.';
comment on column core.import_findings.column_name is 'Column of the sheet, where it concerns one.';
comment on column core.import_findings.cell_value is 'The cell as received.';
comment on column core.import_findings.message is 'The finding in English.';
comment on column core.import_findings.reason is 'Why it was acknowledged, in the words of who accepted; empty where nobody was asked.';

-- A part may repeat amounts that are stored already and add none. What it states is therefore kept
-- by itself, or undoing the earlier file would take away what the later one confirms.
create table core.stated_vintages (
    source_file_id integer not null,
    vintage_id integer not null
);
insert into core.stated_vintages
select distinct
    source_file_id,
    vintage_id
from core.budget_amounts;
comment on table core.stated_vintages is 'One row per part of a file and statement of amounts that it states, wholly or in part.';
comment on column core.stated_vintages.source_file_id is 'Part of a file.';
comment on column core.stated_vintages.vintage_id is 'Vintage.';

create table core.replaced_amounts (
    vintage_id integer not null,
    line_year_id bigint not null,
    source_file_id integer not null,
    amount decimal(18, 2) not null,
    import_id integer not null
);
comment on table core.replaced_amounts is 'One row per amount that a correction replaced or removed; undoing the correction brings it back.';
comment on column core.replaced_amounts.vintage_id is 'Vintage.';
comment on column core.replaced_amounts.line_year_id is 'Line-year.';
comment on column core.replaced_amounts.source_file_id is 'Part of a file that the amount came from.';
comment on column core.replaced_amounts.amount is 'Amount as it was.';
comment on column core.replaced_amounts.import_id is 'Import that replaced or removed it.';

create table core.own_codes (
    municipality_code varchar not null,
    classification varchar not null,
    code varchar not null,
    label varchar not null,
    parent_code varchar not null,
    added_by varchar not null,
    added_at timestamptz not null
);
comment on table core.own_codes is 'One row per code that a municipality added to a classification of data/classifications.';
comment on column core.own_codes.municipality_code is 'Municipality.';
comment on column core.own_codes.classification is 'Classification, as its file in data/classifications is called.';
comment on column core.own_codes.code is 'Code as the municipality writes it.';
comment on column core.own_codes.label is 'What the municipality calls it.';
comment on column core.own_codes.parent_code is 'Code of the classification that it belongs under; empty at the top.';
comment on column core.own_codes.added_by is 'Who added it.';
comment on column core.own_codes.added_at is 'When.';

-- A share is a quotient of two amounts; with 18 decimals it gives the amount back to the cent.
alter table core.classifications alter column amount_share type decimal(20, 18);
comment on table core.classifications is 'One row per mark ever made, append-only: of a subject, methodology and stage the newest recorded_at counts, with all its rows.';

-- Letters of ASCII need no folding but lower case, and most words have no others.
create or replace macro core.folded(words) as
    case
        when strlen(words) = length(words) then lower(words)
        else lower(strip_accents(replace(replace(replace(replace(replace(replace(
            translate(lower(words), 'абвгдезијклмнопрстћуфхцчшжђ', 'abvgdezijklmnoprstćufhcčšžđ'),
            'љ', 'lj'), 'њ', 'nj'), 'џ', 'dž'), 'đ', 'dj'), 'ł', 'l'), 'ø', 'o')))
    end;
