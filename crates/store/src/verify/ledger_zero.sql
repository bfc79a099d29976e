-- Nothing is owed to nobody: the balances of a pool sum to zero, its arrears too, and its turns and
-- entries are all there.
select p.id as "subject!",
       format('has balances that sum to %s and arrears that sum to %s; of its %s turns %s are entered, '
              || 'of its %s entries %s are there',
              coalesce(b.balance, 0), coalesce(b.arrears, 0), p.turns, coalesce(e.turns, 0),
              p.entries, coalesce(e.entries, 0)) as "detail!"
from pools p
left join (
    select pool_id, sum(balance) as balance, sum(arrears) as arrears
    from ledger_balances where workspace_id = $1 group by pool_id
) b on b.pool_id = p.id
left join (
    select pool_id, sum(turns) as turns, count(*) as entries
    from ledger_entries where workspace_id = $1 group by pool_id
) e on e.pool_id = p.id
where p.workspace_id = $1
  and (coalesce(b.balance, 0) <> 0 or coalesce(b.arrears, 0) <> 0
       or p.turns <> coalesce(e.turns, 0) or p.entries <> coalesce(e.entries, 0))
order by 1 limit $2
