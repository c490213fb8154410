-- One row per mark whose subject is in no budget any more. Derived and not stored: whatever adds or
-- removes lines, the mark is orphaned or attached again at once, and nobody has to remember to say so.
create or replace view mart.orphaned_marks as
select mark.*
from core.classifications as mark
where not case
    when mark.subject = 'line'
        then (mark.municipality_code, mark.subject_code) in (
            select
                line.municipality_code,
                line.line_code
            from core.budget_lines as line
            semi join core.line_years as line_year using (line_id)
        )
    else (mark.municipality_code, mark.subject, mark.subject_code) in (
        select
            municipality_code,
            dimension,
            path_code
        from core.members
    )
end;
comment on view mart.orphaned_marks is 'One row per mark whose line, programme or organisation is in no stored budget; it is attached again when the code is.';
comment on column mart.orphaned_marks.classification_id is 'Identifier, rising.';
comment on column mart.orphaned_marks.municipality_code is 'Municipality.';
comment on column mart.orphaned_marks.subject is 'line, programme or organisation; lines inherit the mark of their programme.';
comment on column mart.orphaned_marks.subject_code is 'Year-free code of the subject: line_code or path_code.';
comment on column mart.orphaned_marks.methodology is 'Methodology, as its file in data/methodologies is called.';
comment on column mart.orphaned_marks.methodology_version is 'Version of the methodology.';
comment on column mart.orphaned_marks.category is 'Category that the methodology gives.';
comment on column mart.orphaned_marks.stage is 'Stage to which the mark is limited; empty for all.';
comment on column mart.orphaned_marks.amount_share is 'Part of the amount that is marked, 0 to 1.';
comment on column mart.orphaned_marks.evidence is 'JSON: each criterion and whether it is met.';
comment on column mart.orphaned_marks.reason is 'Why, in the author''s words; empty where the methodology asks for none.';
comment on column mart.orphaned_marks.confidence is 'high, medium or low.';
comment on column mart.orphaned_marks.author is 'Who marked it.';
comment on column mart.orphaned_marks.reviewer is 'Second reader; empty until there is one.';
comment on column mart.orphaned_marks.state is 'draft, reviewed or approved.';
comment on column mart.orphaned_marks.recorded_at is 'When.';
