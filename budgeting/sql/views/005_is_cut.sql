-- Whether a printed label is a label in full, only cut: each word of it begins the word that stands in
-- the same place there, and there is more. Both are folded; what is no letter or digit parts words.
create or replace macro core.is_cut(printed, whole) as
    regexp_matches(printed, '[\pL\pN]')
    and trim(regexp_replace(printed, '[^\pL\pN]+', ' ', 'g'))
    <> trim(regexp_replace(whole, '[^\pL\pN]+', ' ', 'g'))
    and regexp_matches(
        regexp_replace(whole, '^[^\pL\pN]+', ''),
        '^' || regexp_replace(
            trim(regexp_replace(printed, '[^\pL\pN]+', ' ', 'g')), ' ', '[\\pL\\pN]*[^\\pL\\pN]+', 'g'
        )
    );
