-- One row per figure that counts: the newest that is not undone, where it was not taken away.
create or replace view mart.indicator_figures as
select
    indicator.municipality_code,
    indicator.indicator_code,
    figure.indicator_id,
    figure.fiscal_year,
    figure.kind,
    figure.sex,
    figure.age_from,
    figure.age_to,
    figure.group_kind,
    figure.group_code,
    figure.figure,
    figure.data_grade,
    figure.sample_size,
    figure.design_effect,
    figure.source,
    figure.import_id,
    figure.sheet_name,
    figure.row_number,
    figure.recorded_by,
    figure.recorded_at,
    figure.change_id
from core.indicator_figures as figure
inner join core.indicators as indicator using (indicator_id)
where not figure.is_undone
qualify figure.figure_id = max(figure.figure_id) over (
    partition by
        indicator.municipality_code, indicator.indicator_code, figure.indicator_id,
        figure.fiscal_year, figure.kind, figure.sex, figure.age_from, figure.age_to,
        figure.group_kind, figure.group_code
)
and figure.figure is not null;
comment on view mart.indicator_figures is 'One row per figure that counts: of an indicator, year, kind, sex, age and group.';
comment on column mart.indicator_figures.municipality_code is 'Municipality.';
comment on column mart.indicator_figures.indicator_code is 'Year-free code of the indicator.';
comment on column mart.indicator_figures.indicator_id is 'What is counted.';
comment on column mart.indicator_figures.fiscal_year is 'Fiscal year.';
comment on column mart.indicator_figures.kind is 'actual or planned.';
comment on column mart.indicator_figures.sex is 'female, male, other, unknown or all.';
comment on column mart.indicator_figures.age_from is 'First year of age; empty for all ages.';
comment on column mart.indicator_figures.age_to is 'Last year of age; empty for an open band.';
comment on column mart.indicator_figures.group_kind is 'Further group; empty for everybody.';
comment on column mart.indicator_figures.group_code is 'Which part of that group; empty where it has none.';
comment on column mart.indicator_figures.figure is 'How many, in the unit of the indicator.';
comment on column mart.indicator_figures.data_grade is 'A to E.';
comment on column mart.indicator_figures.sample_size is 'Persons asked, in a survey.';
comment on column mart.indicator_figures.design_effect is 'Design effect of the survey.';
comment on column mart.indicator_figures.source is 'Where the figure comes from.';
comment on column mart.indicator_figures.import_id is 'Import that it came with; empty where a person entered it.';
comment on column mart.indicator_figures.sheet_name is 'Sheet of the workbook.';
comment on column mart.indicator_figures.row_number is 'Row in the sheet.';
comment on column mart.indicator_figures.recorded_by is 'Who recorded it.';
comment on column mart.indicator_figures.recorded_at is 'When.';
comment on column mart.indicator_figures.change_id is 'Number of the change.';
