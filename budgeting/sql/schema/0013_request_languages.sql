-- The language in which a department is asked for data.

create table core.request_languages (
    municipality_code varchar not null,
    owner varchar not null,
    version integer not null,
    language varchar not null,
    recorded_by varchar not null,
    recorded_at timestamptz not null,
    primary key (municipality_code, owner, version)
);
comment on table core.request_languages is 'One row per language ever chosen for the data requests to a department, append-only: the newest counts.';
comment on column core.request_languages.municipality_code is 'Municipality.';
comment on column core.request_languages.owner is 'Department or person that is asked, as the data register names it.';
comment on column core.request_languages.version is 'Number of the choice, from 1.';
comment on column core.request_languages.language is 'Code of a language of the screen: en, sr or sr-Latn.';
comment on column core.request_languages.recorded_by is 'Who chose it.';
comment on column core.request_languages.recorded_at is 'When.';
