-- Lines that are new beside lines that are gone, where one is likely the other under another code
-- or name. Only lines that share an amount, a name, the beginning of a name or all codes but one are
-- compared, and only where few lines share it: so the work grows with the lines, not their square.
-- One row per likely rename, the most alike first; each line is in at most one.
-- $block_size  how many lines may share a trait
-- @batch_new   one row per new line: line_code, label, amount
-- @batch_gone  one row per gone line: line_code, label, amount
with line as (
    select
        'new' as side,
        *
    from batch_new
    union all
    select
        'gone' as side,
        *
    from batch_gone
),

worded as (
    select
        *,
        core.folded(label) as words,
        string_split(line_code, ';') as codes
    from line
),

trait as (
    select
        side,
        line_code,
        unnest(
            list_concat(
                list_transform(
                    range(1, case when len(codes) > 1 then len(codes) + 1 else 1 end),
                    lambda place: 'codes ' || place || ' '
                    || array_to_string(list_concat(codes[:place - 1], codes[place + 1:]), ';')
                ),
                case when amount <> 0 then ['amount ' || amount] else [] end,
                case when words <> '' then ['words ' || words, 'start ' || words[:12]] else [] end
            )
        ) as trait
    from worded
),

block as (
    select trait
    from trait
    group by trait
    having count(*) filter (where side = 'new') between 1 and $block_size
        and count(*) filter (where side = 'gone') between 1 and $block_size
),

pair as (
    select
        fresh.line_code as new_line_code,
        gone.line_code as gone_line_code,
        bool_or(starts_with(block.trait, 'codes ')) as is_same_but_one_code
    from block
    inner join trait as fresh on fresh.trait = block.trait and fresh.side = 'new'
    inner join trait as gone on gone.trait = block.trait and gone.side = 'gone'
    group by fresh.line_code, gone.line_code
),

rated as (
    select
        pair.*,
        gone.label as gone_label,
        fresh.label as new_label,
        gone.amount as gone_amount,
        fresh.amount as new_amount,
        jaro_winkler_similarity(fresh.words, gone.words) as similarity,
        coalesce(fresh.amount = gone.amount and fresh.amount <> 0, false) as is_same_amount
    from pair
    inner join worded as fresh on fresh.side = 'new' and fresh.line_code = pair.new_line_code
    inner join worded as gone on gone.side = 'gone' and gone.line_code = pair.gone_line_code
),

likely as (
    select
        *,
        similarity + case when is_same_amount then 0.5 else 0 end
        + case when is_same_but_one_code then 0.25 else 0 end as rating
    from rated
    where (is_same_but_one_code and (is_same_amount or similarity >= 0.9))
        or (is_same_amount and similarity >= 0.8)
        or similarity >= 0.97
)

select
    gone_line_code,
    gone_label,
    gone_amount,
    new_line_code,
    new_label,
    new_amount,
    similarity,
    is_same_amount,
    is_same_but_one_code
from likely
qualify row_number() over (partition by new_line_code order by rating desc, gone_line_code) = 1
    and row_number() over (partition by gone_line_code order by rating desc, new_line_code) = 1
order by rating desc, gone_line_code
