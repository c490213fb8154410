-- One row per part of a mark whose subject is in no budget any more. Derived and not stored: whatever
-- adds or removes lines, the mark is orphaned or attached again at once, and nobody has to say so.
create or replace view mart.orphaned_marks as
select mark.*
from core.classifications as mark
where not case
    when mark.subject = 'line'
        then (mark.municipality_code, mark.direction, mark.subject_code) in (
            select
                line.municipality_code,
                line.direction,
                line.line_code
            from core.budget_lines as line
            semi join core.line_years as line_year using (line_id)
        )
    else (mark.municipality_code, mark.direction, mark.subject, mark.subject_code) in (
        select
            municipality_code,
            direction,
            dimension,
            path_code
        from core.members
    )
end
-- The newest change says whether there still is a mark: an earlier one does not come back.
qualify mark.mark_id = max(mark.mark_id) over (
    partition by
        mark.municipality_code, mark.direction, mark.subject, mark.subject_code, mark.methodology,
        mark.from_year, mark.stage
)
and mark.state not in ('withdrawn', 'undone');
comment on view mart.orphaned_marks is 'One row per part of a mark whose line, programme or organisation is in no stored budget; it is attached again when the code is.';
comment on column mart.orphaned_marks.classification_id is 'Identifier, rising; parts of a mark in their order.';
comment on column mart.orphaned_marks.mark_id is 'Number of the change, rising; what was marked at once shares it.';
comment on column mart.orphaned_marks.municipality_code is 'Municipality.';
comment on column mart.orphaned_marks.direction is 'expenditure or revenue: the same code can mean two things.';
comment on column mart.orphaned_marks.subject is 'line, programme or organisation; lines inherit the mark of their programme, else of their organisation.';
comment on column mart.orphaned_marks.subject_code is 'Year-free code of the subject: line_code or path_code.';
comment on column mart.orphaned_marks.methodology is 'Methodology, as its file in data/methodologies is called.';
comment on column mart.orphaned_marks.methodology_version is 'Version of the methodology; empty where a file of an earlier Paritet stated the mark.';
comment on column mart.orphaned_marks.category is 'Category that the methodology gives.';
comment on column mart.orphaned_marks.from_year is 'First fiscal year for which it counts, until a later mark; 0 for all.';
comment on column mart.orphaned_marks.stage is 'Stage to which the mark is limited; empty for all.';
comment on column mart.orphaned_marks.share_before is 'Sum of the shares of the parts before this one.';
comment on column mart.orphaned_marks.amount_share is 'Part of the amount that is marked, 0 to 1; a quotient of whole cents with 18 decimals.';
comment on column mart.orphaned_marks.score is 'Points or share that the methodology computed from the evidence; empty where it computes none.';
comment on column mart.orphaned_marks.evidence is 'JSON: what a person answered to the criteria.';
comment on column mart.orphaned_marks.evidence_link is 'Where the evidence can be read; empty where none is given.';
comment on column mart.orphaned_marks.reason is 'Why this category, in the author''s words; empty where the methodology asks for none.';
comment on column mart.orphaned_marks.confidence is 'high, medium or low.';
comment on column mart.orphaned_marks.author is 'Who classified.';
comment on column mart.orphaned_marks.reviewer is 'Second reader; empty until there is one.';
comment on column mart.orphaned_marks.state is 'draft, reviewed or approved; withdrawn: from this year on no mark; undone: as if it had never been made.';
comment on column mart.orphaned_marks.change is 'mark, review, approve, send-back, withdraw, undo, import, carry-over, reattach or rescore.';
comment on column mart.orphaned_marks.remark is 'Why this change, in the words of who made it; empty where nothing was said.';
comment on column mart.orphaned_marks.undoes is 'mark_id of the change that this one takes back.';
comment on column mart.orphaned_marks.recorded_by is 'Who made this change.';
comment on column mart.orphaned_marks.recorded_at is 'When.';
comment on column mart.orphaned_marks.rule_fingerprint is 'Fingerprint of what decides categories in the methodology''s file when the mark was made; empty where it is not known.';
comment on column mart.orphaned_marks.import_id is 'Import whose file states the mark; empty where a person made it.';
