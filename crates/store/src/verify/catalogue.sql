-- Every way in which a schema can let one workspace see or change another's rows although every policy
-- looks right. One row is one violation; a schema without any gives none.
with role as (
    select oid, rolname as name from pg_roles where rolname in ('lr_app', 'lr_system')
), app as (
    select oid from role where name = 'lr_app'
), relation as (
    select c.oid, c.relname, c.relkind, c.relrowsecurity and c.relforcerowsecurity as guarded,
        c.relispartition, c.relowner, c.relacl, c.reloptions,
        exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id'
            and a.attnum > 0 and not a.attisdropped) as of_workspace,
        (select has_any_column_privilege(app.oid, c.oid, 'select, insert, update')
            or has_table_privilege(app.oid, c.oid, 'delete') from app) as of_app
    from pg_class c where c.relnamespace = 'public'::regnamespace
), tables as (
    select * from relation where relkind in ('r', 'p', 'f')
), routine as (
    select p.oid, p.proname, p.prosecdef, p.proleakproof, p.proacl, p.proconfig,
        n.nspname as schema
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname not in ('pg_catalog', 'information_schema')
), policy as (
    select pol.polname, pol.polrelid, expression,
        (select relname from relation where relation.oid = pol.polrelid) as of_table
    from pg_policy pol, app, lateral (values
        (pg_get_expr(pol.polqual, pol.polrelid)),
        (pg_get_expr(pol.polwithcheck, pol.polrelid))) as v (expression)
    where pol.polrelid in (select oid from tables) and expression is not null
        and pol.polpermissive
        and exists (select from unnest(pol.polroles) as granted (oid)
            where granted.oid = 0 or pg_has_role(app.oid, granted.oid, 'member'))
)
select 'row security is not enabled and forced' as rule, relname::text as object
from tables where (of_workspace or of_app) and not guarded
union all
select 'lr_app reaches a table without workspace_id', relname
from tables where of_app and not of_workspace and relname <> 'workspaces'
union all
select 'workspace_id may be null', tables.relname
from tables join pg_attribute a on a.attrelid = tables.oid and a.attname = 'workspace_id'
where not a.attnotnull
union all
select 'a unique index does not begin with workspace_id', i.indexrelid::regclass::text
from pg_index i join tables on tables.oid = i.indrelid and of_workspace
where i.indisunique and not exists (
    select from pg_attribute a
    where a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.attname = 'workspace_id')
union all
select 'a foreign key between workspaces'' tables does not begin with workspace_id',
    con.conname || ' on ' || con.conrelid::regclass
from pg_constraint con
join tables child on child.oid = con.conrelid and child.of_workspace
join tables parent on parent.oid = con.confrelid and parent.of_workspace
where con.contype = 'f' and not exists (
    select from pg_attribute a join pg_attribute b on b.attname = a.attname
    where a.attrelid = con.conrelid and a.attnum = con.conkey[1] and a.attname = 'workspace_id'
        and b.attrelid = con.confrelid and b.attnum = con.confkey[1])
union all
select 'lr_app reads a view that is not security_invoker', relname
from relation where relkind = 'v' and of_app
    and not coalesce(reloptions::text[], '{}') && array['security_invoker=true', 'security_invoker=on']
union all
select 'lr_app reads a materialised view', relname from relation where relkind = 'm' and of_app
union all
select 'lr_app reads a partition past its table', relname
from tables where relispartition and of_app
union all
select 'a child table has no row security', child.relname
from pg_inherits i join tables child on child.oid = i.inhrelid
join tables parent on parent.oid = i.inhparent and parent.of_workspace
where not child.guarded
union all
select 'a policy lets lr_app see more than its workspace', polname || ' on ' || of_table
from policy where expression <> case of_table when 'workspaces' then '(id = current_workspace())'
    else '(workspace_id = current_workspace())' end
union all
select 'a SECURITY DEFINER function is not on the list', schema || '.' || proname
from routine where prosecdef
    and (schema, proname) not in (
        ('public', 'enqueue_jobs'), ('public', 'hold_lease'), ('public', 'send_mail'))
union all
select 'a SECURITY DEFINER function does not pin its search_path', schema || '.' || proname
from routine where prosecdef
    and not exists (select from unnest(proconfig) as setting where setting like 'search_path=%')
union all
select 'a function is marked leakproof', schema || '.' || proname from routine where proleakproof
union all
select 'everybody may execute a function', schema || '.' || proname
from routine where schema in ('public', 'graphile_worker') and (proacl is null or exists (
    select from aclexplode(proacl) as acl where acl.grantee = 0))
union all
select 'everybody may use a table', relname
from relation where exists (select from aclexplode(relacl) as acl where acl.grantee = 0)
union all
select role.name || ' may empty a table past row security, or refer to it', relname
from tables, role where has_table_privilege(role.oid, tables.oid, 'truncate, references, trigger')
union all
select 'lr_app may use a schema that is not its own', n.nspname
from pg_namespace n, app
where n.nspname not in ('public', 'information_schema') and n.nspname !~ '^pg_'
    and has_schema_privilege(app.oid, n.oid, 'usage, create')
union all
select role.name || ' may make objects', n.nspname
from pg_namespace n, role
where n.nspname !~ '^pg_' and has_schema_privilege(role.oid, n.oid, 'create')
union all
select role.name || ' is, or may become, a role past row security', r.rolname
from pg_roles r, role where (r.rolsuper or r.rolbypassrls) and pg_has_role(role.oid, r.oid, 'member')
union all
select role.name || ' owns a table', relname
from tables, role where pg_has_role(role.oid, relowner, 'member')
union all
select 'a role that signs in reads workspaces'' tables past row security', r.rolname
from pg_roles r where r.rolbypassrls and not r.rolsuper and r.rolcanlogin
    and exists (select from tables where of_workspace and has_table_privilege(r.oid, oid, 'select'))
order by 1, 2
