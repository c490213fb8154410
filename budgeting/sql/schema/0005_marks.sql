-- Marks: who did what to them, from which year they count, and what counts for each line-year.
create table core.recorded_marks (
    classification_id bigint not null,
    mark_id bigint not null,
    municipality_code varchar not null,
    direction varchar not null,
    subject varchar not null,
    subject_code varchar not null,
    methodology varchar not null,
    methodology_version varchar not null,
    category varchar not null,
    from_year integer not null,
    stage varchar,
    share_before decimal(20, 18) not null,
    amount_share decimal(20, 18) not null,
    score decimal(9, 4),
    evidence varchar not null,
    evidence_link varchar not null,
    reason varchar not null,
    confidence varchar not null,
    author varchar not null,
    reviewer varchar,
    state varchar not null,
    change varchar not null,
    remark varchar not null,
    undoes bigint,
    recorded_by varchar not null,
    recorded_at timestamptz not null
);

-- Until now only imports marked. A file that states several years marked them all in one breath,
-- without the year; where that covers more than the whole of a line, nothing is known and the mark
-- does not count.
insert into core.recorded_marks
with earlier as (
    select
        mark.*,
        dense_rank() over (order by mark.recorded_at) as mark_id,
        sum(mark.amount_share) over (
            partition by mark.municipality_code, mark.subject, mark.subject_code, mark.methodology,
                mark.stage, mark.recorded_at
            order by mark.classification_id
        ) as share_to,
        sum(mark.amount_share) over (
            partition by mark.municipality_code, mark.subject, mark.subject_code, mark.methodology,
                mark.stage, mark.recorded_at
        ) as share_in_all,
        case
            when (mark.municipality_code, mark.subject_code) in (
                select
                    municipality_code,
                    line_code
                from core.budget_lines
                where direction = 'revenue'
            ) then 'revenue'
            else 'expenditure'
        end as direction
    from core.classifications as mark
)

select
    classification_id,
    mark_id,
    municipality_code,
    direction,
    subject,
    subject_code,
    methodology,
    methodology_version,
    category,
    0,
    stage,
    case when share_in_all > 1 then 0 else share_to - amount_share end,
    amount_share,
    null,
    evidence,
    '',
    reason,
    confidence,
    author,
    reviewer,
    case when share_in_all > 1 then 'withdrawn' else state end,
    'import',
    '',
    null,
    author as recorded_by,
    recorded_at
from earlier;
drop table core.classifications;
alter table core.recorded_marks rename to classifications;
comment on table core.classifications is 'One row per part of a mark and change of it, append-only: of a subject, methodology, year and stage the rows with the highest mark_id count.';
comment on column core.classifications.classification_id is 'Identifier, rising; parts of a mark in their order.';
comment on column core.classifications.mark_id is 'Number of the change, rising; what was marked at once shares it.';
comment on column core.classifications.municipality_code is 'Municipality.';
comment on column core.classifications.direction is 'expenditure or revenue: the same code can mean two things.';
comment on column core.classifications.subject is 'line, programme or organisation; lines inherit the mark of their programme, else of their organisation.';
comment on column core.classifications.subject_code is 'Year-free code of the subject: line_code or path_code.';
comment on column core.classifications.methodology is 'Methodology, as its file in data/methodologies is called.';
comment on column core.classifications.methodology_version is 'Version of the methodology; empty where a file of an earlier Paritet stated the mark.';
comment on column core.classifications.category is 'Category that the methodology gives.';
comment on column core.classifications.from_year is 'First fiscal year for which it counts, until a later mark; 0 for all.';
comment on column core.classifications.stage is 'Stage to which the mark is limited; empty for all.';
comment on column core.classifications.share_before is 'Sum of the shares of the parts before this one.';
comment on column core.classifications.amount_share is 'Part of the amount that is marked, 0 to 1; a quotient of whole cents with 18 decimals.';
comment on column core.classifications.score is 'Points or share that the methodology computed from the evidence; empty where it computes none.';
comment on column core.classifications.evidence is 'JSON: what a person answered to the criteria.';
comment on column core.classifications.evidence_link is 'Where the evidence can be read; empty where none is given.';
comment on column core.classifications.reason is 'Why this category, in the author''s words; empty where the methodology asks for none.';
comment on column core.classifications.confidence is 'high, medium or low.';
comment on column core.classifications.author is 'Who classified.';
comment on column core.classifications.reviewer is 'Second reader; empty until there is one.';
comment on column core.classifications.state is 'draft, reviewed or approved; withdrawn: from this year on no mark; undone: as if it had never been made.';
comment on column core.classifications.change is 'mark, review, approve, send-back, withdraw, undo, import, carry-over, reattach or rescore.';
comment on column core.classifications.remark is 'Why this change, in the words of who made it; empty where nothing was said.';
comment on column core.classifications.undoes is 'mark_id of the change that this one takes back.';
comment on column core.classifications.recorded_by is 'Who made this change.';
comment on column core.classifications.recorded_at is 'When.';

create table mart.line_year_marks (
    line_year_id bigint not null,
    methodology varchar not null,
    methodology_version varchar not null,
    stage varchar,
    category varchar not null,
    share_before decimal(20, 18) not null,
    amount_share decimal(20, 18) not null,
    score decimal(9, 4),
    state varchar not null,
    confidence varchar not null,
    subject varchar not null,
    mark_id bigint not null,
    classification_id bigint not null
);
comment on table mart.line_year_marks is 'One row per line-year, methodology, stage and part of the mark that counts, inherited or its own; kept by every change of marks and lines.';
comment on column mart.line_year_marks.line_year_id is 'Line-year.';
comment on column mart.line_year_marks.methodology is 'Methodology.';
comment on column mart.line_year_marks.methodology_version is 'Its version when the mark was made.';
comment on column mart.line_year_marks.stage is 'Stage for which it counts; empty for all. A line-year has either a row for all or rows for single stages.';
comment on column mart.line_year_marks.category is 'Category.';
comment on column mart.line_year_marks.share_before is 'Sum of the shares of the parts before this one; 0 in exactly one row per mark.';
comment on column mart.line_year_marks.amount_share is 'Part of the amount, 0 to 1.';
comment on column mart.line_year_marks.score is 'Points or share that the methodology computed; empty where it computes none.';
comment on column mart.line_year_marks.state is 'draft, reviewed or approved.';
comment on column mart.line_year_marks.confidence is 'high, medium or low.';
comment on column mart.line_year_marks.subject is 'line where the mark is its own; programme or organisation where it is inherited.';
comment on column mart.line_year_marks.mark_id is 'Change that made the mark what it is.';
comment on column mart.line_year_marks.classification_id is 'Row of core.classifications with reason, author and evidence.';

create table core.methodology_choices (
    municipality_code varchar not null,
    methodology varchar not null,
    methodology_version varchar not null,
    convention varchar not null,
    is_main boolean not null,
    decided_by varchar not null,
    decided_at timestamptz not null
);
comment on table core.methodology_choices is 'One row per methodology that a municipality uses.';
comment on column core.methodology_choices.municipality_code is 'Municipality.';
comment on column core.methodology_choices.methodology is 'Methodology, as its file in data/methodologies is called.';
comment on column core.methodology_choices.methodology_version is 'Version in which new marks are made; empty for the newest.';
comment on column core.methodology_choices.convention is 'Set of coefficients of the methodology that the municipality counts with.';
comment on column core.methodology_choices.is_main is 'True for the one that pages show first.';
comment on column core.methodology_choices.decided_by is 'Who decided it.';
comment on column core.methodology_choices.decided_at is 'When.';
