-- What marks say about money, added up: what the gender overview reads, whatever the ledger's size.
create table mart.statements_to_add_up (
    vintage_id integer not null
);
comment on table mart.statements_to_add_up is 'One row per statement whose marks wait to be added up: a change that bears on many lines leaves that to the first look.';
comment on column mart.statements_to_add_up.vintage_id is 'Statement of amounts; until it is added up, its rows in mart.marked_cube and mart.marked_totals are not read.';

create table mart.marked_cube (
    vintage_id integer not null,
    methodology varchar not null,
    methodology_version varchar not null,
    category varchar not null,
    confidence varchar not null,
    state varchar not null,
    score decimal(9, 4),
    organisation_id integer not null,
    programme_id integer not null,
    function_id integer not null,
    economic_class_id integer not null,
    fund_id integer not null,
    line_count integer not null,
    whole_line_count integer not null,
    part_count integer not null,
    amount decimal(18, 2) not null
);
comment on table mart.marked_cube is 'One row per statement, what a mark says and combination of classifications; kept by every change of marks and amounts.';
comment on column mart.marked_cube.vintage_id is 'Statement of amounts.';
comment on column mart.marked_cube.methodology is 'Methodology.';
comment on column mart.marked_cube.methodology_version is 'Its version when the marks were made.';
comment on column mart.marked_cube.category is 'Category.';
comment on column mart.marked_cube.confidence is 'high, medium or low.';
comment on column mart.marked_cube.state is 'draft, reviewed or approved.';
comment on column mart.marked_cube.score is 'Points or share that the methodology computed; empty where it computes none.';
comment on column mart.marked_cube.organisation_id is 'Most detailed organisation; 0 not known.';
comment on column mart.marked_cube.programme_id is 'Most detailed programme; 0 not known.';
comment on column mart.marked_cube.function_id is 'Most detailed COFOG function; 0 not known.';
comment on column mart.marked_cube.economic_class_id is 'Most detailed economic class; 0 not known.';
comment on column mart.marked_cube.fund_id is 'Fund; 0 not known.';
comment on column mart.marked_cube.line_count is 'Budget lines whose first part this is: over all rows of a methodology, the lines that have a mark.';
comment on column mart.marked_cube.whole_line_count is 'Budget lines whose amount ends with this part: over all rows of a methodology, the lines that are wholly marked.';
comment on column mart.marked_cube.part_count is 'Parts of marks summed.';
comment on column mart.marked_cube.amount is 'Sum of their money.';

create table mart.marked_totals (
    vintage_id integer not null,
    methodology varchar not null,
    methodology_version varchar not null,
    category varchar not null,
    confidence varchar not null,
    state varchar not null,
    score decimal(9, 4),
    line_count integer not null,
    whole_line_count integer not null,
    part_count integer not null,
    amount decimal(18, 2) not null
);
comment on table mart.marked_totals is 'One row per statement and what a mark says: mart.marked_cube over all classifications.';
comment on column mart.marked_totals.vintage_id is 'Statement of amounts.';
comment on column mart.marked_totals.methodology is 'Methodology.';
comment on column mart.marked_totals.methodology_version is 'Its version when the marks were made.';
comment on column mart.marked_totals.category is 'Category.';
comment on column mart.marked_totals.confidence is 'high, medium or low.';
comment on column mart.marked_totals.state is 'draft, reviewed or approved.';
comment on column mart.marked_totals.score is 'Points or share that the methodology computed; empty where it computes none.';
comment on column mart.marked_totals.line_count is 'Budget lines whose first part this is.';
comment on column mart.marked_totals.whole_line_count is 'Budget lines whose amount ends with this part.';
comment on column mart.marked_totals.part_count is 'Parts of marks summed.';
comment on column mart.marked_totals.amount is 'Sum of their money.';
