-- A rep's accounts are the sums of his pool's entries: what he is owed by turn, what he is owed for
-- absences, and the leads he took.
with moved as (
    select e.pool_id, m.rep_id, sum(m.balance) as balance, sum(m.arrears) as arrears,
           sum(m.assigned) as assigned
    from ledger_entries e,
         unnest(e.rep_ids, e.balances, e.arrears, e.assigned)
             as m (rep_id, balance, arrears, assigned)
    where e.workspace_id = $1
    group by e.pool_id, m.rep_id
)
select coalesce(b.rep_id, moved.rep_id) as "subject!",
       format('has balance %s, arrears %s and %s leads in pool %s, but its entries sum to %s, %s and %s',
              coalesce(b.balance, 0), coalesce(b.arrears, 0), coalesce(b.assigned, 0),
              coalesce(b.pool_id, moved.pool_id), coalesce(moved.balance, 0),
              coalesce(moved.arrears, 0), coalesce(moved.assigned, 0)) as "detail!"
from (select * from ledger_balances where workspace_id = $1) b
full join moved on moved.pool_id = b.pool_id and moved.rep_id = b.rep_id
where coalesce(b.balance, 0) <> coalesce(moved.balance, 0)
   or coalesce(b.arrears, 0) <> coalesce(moved.arrears, 0)
   or coalesce(b.assigned, 0) <> coalesce(moved.assigned, 0)
order by 1 limit $2
