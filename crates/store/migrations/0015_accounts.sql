-- The companies that a workspace knows. Not configuration: a decision keeps the account that it saw.
create table accounts (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,             -- In the order of their ids they became known.
    external_id  text check (length(external_id) between 1 and 200), -- Where the account comes from.
    name         text collate "C" not null check (length(name) between 1 and 253),
    domain       text,                      -- The first of those it has registered.
    owner_id     uuid,                      -- A rep who has left stays the owner; gates pass him over.
    country      text,
    state        text,
    employees    integer check (employees >= 0),
    industry     text,
    attributes   jsonb not null default '{}',
    changed_at   timestamptz not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, owner_id) references reps
);
create unique index accounts_by_external_id on accounts (workspace_id, external_id)
    where external_id is not null;
create index accounts_by_name on accounts (workspace_id, name, id);
create index accounts_by_owner on accounts (workspace_id, owner_id);
alter table accounts enable row level security, force row level security;
create policy own_workspace on accounts using (workspace_id = current_workspace());
grant select, insert, update (external_id, name, domain, owner_id, country, state, employees, industry,
    attributes, changed_at) on accounts to lr_app;

-- By what an account is recognised. Several accounts may share a key: core chooses.
create table account_keys (
    workspace_id uuid not null default current_workspace() references workspaces,
    kind         text not null check (kind in ('email', 'domain', 'phone', 'name')),
    value        text collate "C" not null, -- As core's KeyValue has it.
    account_id   uuid not null,
    primary key (workspace_id, kind, value, account_id),
    foreign key (workspace_id, account_id) references accounts
);
create index account_keys_by_account on account_keys (workspace_id, account_id);
alter table account_keys enable row level security, force row level security;
create policy own_workspace on account_keys using (workspace_id = current_workspace());
grant select, insert, delete on account_keys to lr_app;

-- By what the person of a lead is recognised in later ones.
create table lead_keys (
    workspace_id uuid not null default current_workspace() references workspaces,
    kind         text not null check (kind in ('email', 'phone')),
    value        text collate "C" not null, -- As core's KeyValue has it.
    received_at  timestamptz not null,
    lead_id      uuid not null,
    primary key (workspace_id, kind, value, received_at, lead_id),
    foreign key (workspace_id, lead_id) references leads
);
alter table lead_keys enable row level security, force row level security;
create policy own_workspace on lead_keys using (workspace_id = current_workspace());
grant select, insert on lead_keys to lr_app;
