-- Owners before rules, experiments, and what actions write on leads.
alter table workspaces add column owner_first boolean not null default true;
grant update (owner_first) on workspaces to lr_app;

alter table rules
    add column owner_first boolean not null default true,
    add column experiment  jsonb;           -- Core's Experiment; null for none.

alter table leads
    add column tags           text[] not null default '{}',
    add column priority       text check (priority in ('low', 'normal', 'high')),
    add column set_attributes jsonb not null default '{}'; -- By rules, in place of what came.
grant update (tags, priority, set_attributes) on leads to lr_app;

-- The variants that decisions drew, for counting; the decision's bytes have them too.
create table cohorts (
    workspace_id  uuid not null default current_workspace() references workspaces,
    decision_id   uuid not null,
    experiment_id uuid not null,
    variant       text not null check (length(variant) between 1 and 200),
    primary key (workspace_id, decision_id, experiment_id),
    foreign key (workspace_id, decision_id) references decisions
);
alter table cohorts enable row level security, force row level security;
create policy own_workspace on cohorts using (workspace_id = current_workspace());
grant select, insert on cohorts to lr_app;
create index cohorts_by_experiment on cohorts (workspace_id, experiment_id, variant);
