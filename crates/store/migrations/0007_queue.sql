-- The queue's tables belong to its library (schema graphile_worker) and mix the workspaces, so
-- lr_app cannot touch them. It asks through this function, which stamps the workspace of the
-- transaction on every job: what a job says about itself never decides whose rows it may see.
revoke execute on all functions in schema public from public;
alter default privileges revoke execute on functions from public;
grant execute on function current_workspace() to lr_app, lr_system;

-- The arrays stand beside one another, one place a job. Keys and queues are the workspace's own:
-- the stamp in front of them keeps one workspace from replacing or holding up another's job.
create function enqueue_jobs(
    kinds text[], payloads jsonb[], queues text[], keys text[], attempts smallint[],
    run_at timestamptz[]
) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    workspace constant uuid := public.current_workspace();
begin
    if workspace is null then
        raise exception 'no workspace is set' using errcode = 'insufficient_privilege';
    end if;
    perform graphile_worker.add_jobs(array(
        select row(
            job.kind,
            json_build_object(
                'workspace', workspace, 'dead_letter', gen_random_uuid(), 'job', job.payload),
            workspace || ':' || job.queue,
            job.run_at,
            job.attempts,
            workspace || ':' || job.key,
            0::smallint,
            null::text[]
        )::graphile_worker.job_spec
        from unnest(kinds, payloads, queues, keys, attempts, run_at)
            as job (kind, payload, queue, key, attempts, run_at)
    ));
end $$;
grant execute on function enqueue_jobs to lr_app;

-- A worker gives a job up as lr_system, which no workspace confines.
create policy system_adds on dead_letters for insert to lr_system with check (true);
grant insert on dead_letters to lr_system;
