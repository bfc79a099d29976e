-- Corrections of a pool's ledger say who made them and why; a turn is given back once.
alter table ledger_entries
    add column decision_id uuid,            -- Whose turn is corrected; null for a credit by hand.
    add column actor       text,
    add column reason      text,
    drop constraint ledger_entries_cause_check,
    add constraint ledger_entries_cause_check check (cause in
        ('turns', 'absence', 'repay', 'returned', 'taken_away', 'moved', 'granted')),
    add check ((actor is null) = (reason is null)),
    add check (cause not in ('returned', 'granted') or reason is not null),
    add check (decision_id is null or reason is not null),
    add foreign key (workspace_id, decision_id) references decisions;
create unique index ledger_corrections on ledger_entries (workspace_id, decision_id)
    where decision_id is not null;
