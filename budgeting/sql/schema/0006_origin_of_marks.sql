-- Marks know what decided them: the rules of their methodology, and the file that stated them.
alter table core.classifications add column rule_fingerprint varchar default '';
alter table core.classifications alter column rule_fingerprint set not null;
alter table core.classifications alter column rule_fingerprint drop default;
alter table core.classifications add column import_id integer;
comment on column core.classifications.rule_fingerprint is 'Fingerprint of what decides categories in the methodology''s file when the mark was made; empty where it is not known.';
comment on column core.classifications.import_id is 'Import whose file states the mark; empty where a person made it.';

alter table mart.line_year_marks add column rule_fingerprint varchar default '';
alter table mart.line_year_marks alter column rule_fingerprint set not null;
alter table mart.line_year_marks alter column rule_fingerprint drop default;
comment on column mart.line_year_marks.rule_fingerprint is 'Fingerprint of what decides categories in the methodology''s file when the mark was made; empty where it is not known.';

-- A file's marks have the moment of its import; a file of marks alone left its name as the remark.
update core.classifications as mark
set import_id = import.import_id
from core.imports as import
where mark.change = 'import'
    and mark.remark = ''
    and mark.recorded_at = import.imported_at
    and mark.recorded_by = import.imported_by;

-- What was read, taken back or scored again since is still what that file stated.
update core.classifications as mark
set import_id = origin.import_id
from (
    select
        copy.classification_id,
        arg_max(stated.import_id, stated.mark_id) as import_id
    from core.classifications as copy
    inner join core.classifications as stated
        on stated.municipality_code = copy.municipality_code
            and stated.direction = copy.direction
            and stated.subject = copy.subject
            and stated.subject_code = copy.subject_code
            and stated.methodology = copy.methodology
            and stated.from_year = copy.from_year
            and stated.stage is not distinct from copy.stage
    where copy.change in ('review', 'approve', 'send-back', 'undo', 'rescore')
        and copy.reason = 'as stated in the file'
        and stated.mark_id < copy.mark_id
        and stated.import_id is not null
        and stated.state = 'draft'
    group by copy.classification_id
) as origin
where origin.classification_id = mark.classification_id;

create table core.stated_otherwise (
    import_id integer not null,
    municipality_code varchar not null,
    direction varchar not null,
    line_code varchar not null,
    fiscal_year integer not null,
    stage varchar not null,
    methodology varchar not null,
    methodology_version varchar not null,
    rule_fingerprint varchar not null,
    category varchar not null,
    share_before decimal(20, 18) not null,
    amount_share decimal(20, 18) not null,
    standing_id bigint not null,
    settled_by varchar,
    settled_at timestamptz
);
comment on table core.stated_otherwise is 'One row per part of what a file states of a line for which a person decided otherwise: the decision stands until somebody settles it.';
comment on column core.stated_otherwise.import_id is 'Import whose file states it.';
comment on column core.stated_otherwise.municipality_code is 'Municipality.';
comment on column core.stated_otherwise.direction is 'expenditure or revenue.';
comment on column core.stated_otherwise.line_code is 'Year-free code of the line.';
comment on column core.stated_otherwise.fiscal_year is 'Fiscal year of which the file states it.';
comment on column core.stated_otherwise.stage is 'Stage of which the file states it.';
comment on column core.stated_otherwise.methodology is 'Methodology whose categories the file uses.';
comment on column core.stated_otherwise.methodology_version is 'Its version in force then.';
comment on column core.stated_otherwise.rule_fingerprint is 'Fingerprint of what decides its categories.';
comment on column core.stated_otherwise.category is 'Category that the file states; empty where it gives none to a line that it categorised before.';
comment on column core.stated_otherwise.share_before is 'Sum of the shares of the parts before this one.';
comment on column core.stated_otherwise.amount_share is 'Part of the amount, 0 to 1.';
comment on column core.stated_otherwise.standing_id is 'classification_id of the first part of the mark that stands.';
comment on column core.stated_otherwise.settled_by is 'Who looked at both and settled it; empty until then.';
comment on column core.stated_otherwise.settled_at is 'When.';
