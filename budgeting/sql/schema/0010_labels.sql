-- Tables of labels: what codes are called in full, where budgets print their labels cut.
create table core.labels (
    import_id integer not null,
    municipality_code varchar not null,
    direction varchar not null,
    dimension varchar not null,
    code varchar not null,
    label varchar not null,
    search_text varchar not null,
    primary key (import_id, direction, dimension, code)
);
comment on table core.labels is 'One row per code of an imported table of labels; mart.member_labels says where it counts.';
comment on column core.labels.import_id is 'Import that it came with.';
comment on column core.labels.municipality_code is 'Municipality.';
comment on column core.labels.direction is 'expenditure or revenue: the same code can mean two things.';
comment on column core.labels.dimension is 'Classification that the code belongs to.';
comment on column core.labels.code is 'Code as the budget writes it.';
comment on column core.labels.label is 'Label in full.';
comment on column core.labels.search_text is 'The label folded for search.';
