-- One row per statement, line-year, methodology and part of the mark in force, with its money.
create or replace view mart.marked_amounts as
select
    amount.vintage_id,
    line_year.line_year_id,
    line_year.line_id,
    line_year.organisation_id,
    line_year.programme_id,
    line_year.function_id,
    line_year.economic_class_id,
    line_year.fund_id,
    mark.methodology,
    mark.methodology_version,
    mark.rule_fingerprint,
    mark.category,
    mark.state,
    mark.confidence,
    mark.subject,
    mark.score,
    mark.mark_id,
    mark.classification_id,
    mark.amount_share,
    mark.share_before = 0 as is_first_part,
    mark.share_before + mark.amount_share = 1 as is_last_part,
    mart.part_money(amount.amount, mark.share_before, mark.amount_share) as amount
from core.budget_amounts as amount
inner join core.vintages as vintage using (vintage_id)
inner join core.line_years as line_year using (line_year_id)
inner join mart.line_year_marks as mark using (line_year_id)
where mark.stage is null or mark.stage = vintage.stage;
comment on view mart.marked_amounts is 'One row per statement, line-year, methodology and part of the mark in force, with its money; the rest of a line''s amount is not screened.';
comment on column mart.marked_amounts.vintage_id is 'Statement of amounts.';
comment on column mart.marked_amounts.line_year_id is 'Line-year.';
comment on column mart.marked_amounts.line_id is 'Budget line.';
comment on column mart.marked_amounts.organisation_id is 'Most detailed organisation; 0 not known.';
comment on column mart.marked_amounts.programme_id is 'Most detailed programme; 0 not known.';
comment on column mart.marked_amounts.function_id is 'Most detailed COFOG function; 0 not known.';
comment on column mart.marked_amounts.economic_class_id is 'Most detailed economic class; 0 not known.';
comment on column mart.marked_amounts.fund_id is 'Fund; 0 not known.';
comment on column mart.marked_amounts.methodology is 'Methodology.';
comment on column mart.marked_amounts.methodology_version is 'Version under which it was marked.';
comment on column mart.marked_amounts.rule_fingerprint is 'Fingerprint of what decides categories in the methodology''s file when the mark was made; empty where it is not known.';
comment on column mart.marked_amounts.category is 'Category.';
comment on column mart.marked_amounts.state is 'draft, reviewed or approved.';
comment on column mart.marked_amounts.confidence is 'high, medium or low.';
comment on column mart.marked_amounts.subject is 'line, programme or organisation: whose mark counts for the line.';
comment on column mart.marked_amounts.score is 'Score, where the methodology gives one.';
comment on column mart.marked_amounts.mark_id is 'Change that made the mark what it is.';
comment on column mart.marked_amounts.classification_id is 'Part of that change.';
comment on column mart.marked_amounts.amount_share is 'Part of the amount that it marks, 0 to 1.';
comment on column mart.marked_amounts.is_first_part is 'True for one part of a line''s mark: counts marked lines.';
comment on column mart.marked_amounts.is_last_part is 'True for the part that ends where the amount does: counts lines that are wholly screened.';
comment on column mart.marked_amounts.amount is 'Money of the part.';
