-- Nothing is owed to nobody: the balances of a pool sum to zero, and its turns are all entered.
select p.id as "subject!",
       format('has balances that sum to %s, and %s turns of which %s are entered',
              coalesce(b.sum, 0), p.turns, coalesce(e.turns, 0)) as "detail!"
from pools p
left join (
    select pool_id, sum(balance) as sum from ledger_balances where workspace_id = $1 group by pool_id
) b on b.pool_id = p.id
left join (
    select pool_id, sum(turns) as turns from ledger_entries where workspace_id = $1 group by pool_id
) e on e.pool_id = p.id
where p.workspace_id = $1
  and (coalesce(b.sum, 0) <> 0 or p.turns <> coalesce(e.turns, 0))
order by 1 limit $2
