-- A rep's balance is the sum of his pool's entries: what he gained less a lead for each he took.
with moved as (
    select e.pool_id, m.rep_id,
           sum(m.entitled) - sum(m.assigned)::numeric * $3::bigint as balance,
           sum(m.assigned) as assigned
    from ledger_entries e,
         unnest(e.rep_ids, e.entitled, e.assigned) as m (rep_id, entitled, assigned)
    where e.workspace_id = $1
    group by e.pool_id, m.rep_id
)
select coalesce(b.rep_id, moved.rep_id) as "subject!",
       format('has balance %s and %s leads in pool %s, but its entries sum to %s and %s',
              coalesce(b.balance, 0), coalesce(b.assigned, 0), coalesce(b.pool_id, moved.pool_id),
              coalesce(moved.balance, 0), coalesce(moved.assigned, 0)) as "detail!"
from (select * from ledger_balances where workspace_id = $1) b
full join moved on moved.pool_id = b.pool_id and moved.rep_id = b.rep_id
where coalesce(b.balance, 0) <> coalesce(moved.balance, 0)
   or coalesce(b.assigned, 0) <> coalesce(moved.assigned, 0)
order by 1 limit $2
