-- One row: words as they are compared in a search.
-- $words  what a reader typed
select core.folded($words) as folded
