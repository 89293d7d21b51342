-- The example tables, written as Supabase's and Clerk's guides write them: it runs unchanged on a hosted project.

create table public.projects (
  id uuid primary key default gen_random_uuid(),
  -- A Clerk user id such as user_2abc… is no UUID, so auth.uid() cannot be used.
  user_id text not null default (auth.jwt()->>'sub'),
  parent_id uuid references public.projects on delete set null,
  name text not null,
  priority integer not null default 0,
  budget double precision,
  created_at timestamptz not null default now()
);

create table public.tasks (
  id uuid primary key default gen_random_uuid(),
  user_id text not null default (auth.jwt()->>'sub'),
  project_id uuid references public.projects on delete set null,
  title text not null,
  done boolean not null default false,
  created_at timestamptz not null default now()
);

-- Every query is narrowed to one user by the policies below and read newest first.
create index projects_user_id_created_at_id_idx on public.projects (user_id, created_at desc, id desc);
create index tasks_user_id_created_at_id_idx on public.tasks (user_id, created_at desc, id desc);

-- A foreign key has no index of its own, and every deletion of a project looks for what points to it.
create index projects_parent_id_idx on public.projects (parent_id);
create index tasks_project_id_idx on public.tasks (project_id);

alter table public.projects enable row level security;
alter table public.tasks enable row level security;

-- The subselect lets Postgres read the token once per statement instead of once per row.
create policy "Users read their own projects" on public.projects
  for select to authenticated
  using ((select auth.jwt()->>'sub') = user_id);

create policy "Users add projects of their own" on public.projects
  for insert to authenticated
  with check ((select auth.jwt()->>'sub') = user_id);

create policy "Users change their own projects" on public.projects
  for update to authenticated
  using ((select auth.jwt()->>'sub') = user_id)
  with check ((select auth.jwt()->>'sub') = user_id);

create policy "Users delete their own projects" on public.projects
  for delete to authenticated
  using ((select auth.jwt()->>'sub') = user_id);

create policy "Users read their own tasks" on public.tasks
  for select to authenticated
  using ((select auth.jwt()->>'sub') = user_id);

create policy "Users add tasks of their own" on public.tasks
  for insert to authenticated
  with check ((select auth.jwt()->>'sub') = user_id);

create policy "Users change their own tasks" on public.tasks
  for update to authenticated
  using ((select auth.jwt()->>'sub') = user_id)
  with check ((select auth.jwt()->>'sub') = user_id);

create policy "Users delete their own tasks" on public.tasks
  for delete to authenticated
  using ((select auth.jwt()->>'sub') = user_id);

-- No policy names anon: an anonymous caller may ask and sees no row.
grant select on public.projects, public.tasks to anon;
grant select, insert, update, delete on public.projects, public.tasks to authenticated;
