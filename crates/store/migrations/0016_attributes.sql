-- What custom attributes of leads and accounts hold; one that is not declared holds text. Values stay as
-- they came and are read by this whenever a condition asks.
create table attributes (
    workspace_id uuid not null default current_workspace() references workspaces,
    field        text not null check (length(field) between 1 and 300), -- As conditions name it.
    kind         text not null
        check (kind in ('text', 'number', 'boolean', 'time', 'list', 'country', 'state')),
    primary key (workspace_id, field)
);
alter table attributes enable row level security, force row level security;
create policy own_workspace on attributes using (workspace_id = current_workspace());
grant select, insert, update (kind), delete on attributes to lr_app;
create trigger config_changes before insert or update or delete on attributes
    for each statement execute function bump_config_version();
