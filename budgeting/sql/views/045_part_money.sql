-- Money of a part of a mark, as one value. Parts stand one behind the other on the amount and are cut
-- at whole cents: together with what no part covers they are the amount, whatever the shares are.
create or replace macro mart.part_money(amount, share_before, amount_share) as (
    case
        when amount_share = 1 then amount
        else
            round(amount * (share_before + amount_share), 2)::decimal(18, 2)
            - round(amount * share_before, 2)::decimal(18, 2)
    end::decimal(18, 2)
)
