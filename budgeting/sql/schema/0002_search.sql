-- Search by words: every text is kept a second time as a reader may type it, without case,
-- accents or script, so that "decija", "dečija" and "дечија" find the same line.
create macro core.folded(words) as
    lower(strip_accents(replace(replace(replace(replace(replace(replace(
        translate(lower(words), 'абвгдезијклмнопрстћуфхцчшжђ', 'abvgdezijklmnoprstćufhcčšžđ'),
        'љ', 'lj'), 'њ', 'nj'), 'џ', 'dž'), 'đ', 'dj'), 'ł', 'l'), 'ø', 'o')));

alter table core.line_years add column search_text varchar;
update core.line_years set search_text = core.folded(label);
comment on column core.line_years.search_text is 'The label folded for search.';

alter table core.member_labels add column search_text varchar;
update core.member_labels set search_text = core.folded(label);
comment on column core.member_labels.search_text is 'The label folded for search.';
