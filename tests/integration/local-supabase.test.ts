import { PostgrestClient } from '@supabase/postgrest-js';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type LocalSupabase, startLocalSupabase } from '../../dev/supabase';
import { startEngine } from '../../dev/supabase/engine';

const JWT_SECRET = 'a secret that is shared with the template';
const ISSUER = 'https://clerk.test';
const ADA = 'user_ada';
const GRACE = 'user_grace';
const ALAN = 'user_alan';
/** Id of one of Grace's seeded tasks. */
const GRACES_TASK = '00000002-0000-4000-8000-000000000001';

interface Task {
  id: string;
  user_id: string;
  title: string;
  done: boolean;
  created_at: string;
}
type Tables = {
  public: {
    Tables: { tasks: { Row: Task; Insert: Partial<Task>; Update: Partial<Task>; Relationships: [] } };
    Views: Record<string, never>;
    Functions: Record<string, never>;
  };
};

const emitWarning = process.emitWarning;
const instance = await generateKeyPair('RS256');
let supabase: LocalSupabase;
let ada: PostgrestClient<Tables>;
let grace: PostgrestClient<Tables>;
let anonymous: PostgrestClient<Tables>;

beforeAll(async () => {
  const key = { ...(await exportJWK(instance.publicKey)), kid: 'instance', alg: 'RS256' };
  supabase = await startLocalSupabase({
    port: 0,
    jwtSecret: JWT_SECRET,
    issuer: ISSUER,
    jwks: createLocalJWKSet({ keys: [key] }),
    userIds: [ADA, GRACE, ALAN],
  });
  ada = client(await sessionToken(ADA));
  grace = client(await sessionToken(GRACE));
  anonymous = client();
}, 60_000);

beforeEach(() => supabase.control.reset());
afterAll(() => supabase?.close());

function client(token?: string): PostgrestClient<Tables> {
  return new PostgrestClient<Tables>(`${supabase.url}/rest/v1`, {
    headers: {
      apikey: supabase.anonKey,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    retry: false,
  });
}

function sessionToken(sub: string): Promise<string> {
  return new SignJWT({ sub, sid: 'sess_1', sts: 'active', v: 2 })
    .setProtectedHeader({ alg: 'RS256', kid: 'instance' })
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(instance.privateKey);
}

function templateToken(sub: string): Promise<string> {
  return new SignJWT({ sub, role: 'authenticated', aud: 'authenticated' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(new TextEncoder().encode(JWT_SECRET));
}

/** Grace's rows, to compare before and after. */
async function gracesTasks(): Promise<Task[]> {
  const { data } = await grace.from('tasks').select('*').order('id').throwOnError();
  return data;
}

/** A value as PostgREST wants it in a logic tree. */
function quote(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

test('a user sees all of their own rows and nobody else’s', async () => {
  const { data, status } = await ada.from('tasks').select('*');
  expect(status).toBe(200);
  expect(data).toHaveLength(6);
  expect(new Set(data?.map((task) => task.user_id))).toEqual(new Set([ADA]));
});

test('a session token and a template token of one user give the same rows', async () => {
  const session = await ada.from('tasks').select('*').order('id');
  const template = await client(await templateToken(ADA))
    .from('tasks')
    .select('*')
    .order('id');
  expect(session.data).toHaveLength(6);
  expect(template.data).toEqual(session.data);
});

test('the seeded users have five to eight tasks each, some of them done', async () => {
  for (const user of [ADA, GRACE, ALAN]) {
    const { data } = await client(await sessionToken(user))
      .from('tasks')
      .select('done')
      .throwOnError();
    expect(data.length).toBeGreaterThanOrEqual(5);
    expect(data.length).toBeLessThanOrEqual(8);
    expect(new Set(data.map((task) => task.done))).toEqual(new Set([true, false]));
  }
});

test('concurrent requests of different users never mix', async () => {
  const users = [ADA, GRACE, ALAN];
  const clients = await Promise.all(users.map(async (user) => client(await sessionToken(user))));
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => clients.map((each) => each.from('tasks').select('user_id'))).flat(),
  );
  answers.forEach(({ data }, index) => {
    expect(new Set(data?.map((task) => task.user_id))).toEqual(new Set([users[index % users.length]]));
  });
});

test('an anonymous caller sees nothing', async () => {
  const { data, status } = await anonymous.from('tasks').select('*');
  expect({ data, status }).toEqual({ data: [], status: 200 });
});

test('an anonymous caller cannot insert', async () => {
  const { error, status } = await anonymous.from('tasks').insert({ title: 'mine', user_id: ADA });
  expect({ code: error?.code, status }).toEqual({ code: '42501', status: 401 });
});

test('another user’s row cannot be read by its id', async () => {
  const { data } = await ada.from('tasks').select('*').eq('id', GRACES_TASK);
  expect(data).toEqual([]);
});

test('another user’s row cannot be updated', async () => {
  const before = await gracesTasks();
  const { data } = await ada.from('tasks').update({ title: 'mine' }).eq('id', GRACES_TASK).select();
  expect(data).toEqual([]);
  expect(await gracesTasks()).toEqual(before);
});

test('another user’s row cannot be deleted', async () => {
  const before = await gracesTasks();
  const { count } = await ada.from('tasks').delete({ count: 'exact' }).eq('id', GRACES_TASK);
  expect(count).toBe(0);
  expect(await gracesTasks()).toEqual(before);
});

test.each([ADA, GRACE])('another user’s row cannot be taken over by an upsert as %s', async (user_id) => {
  const before = await gracesTasks();
  const { error, status } = await ada.from('tasks').upsert({ id: GRACES_TASK, title: 'mine', user_id });
  expect({ code: error?.code, status }).toEqual({ code: '42501', status: 403 });
  expect(await gracesTasks()).toEqual(before);
});

test('nobody inserts a row as somebody else', async () => {
  const before = await gracesTasks();
  const { error, status } = await ada.from('tasks').insert({ title: 'yours', user_id: GRACE });
  expect({ code: error?.code, status }).toEqual({ code: '42501', status: 403 });
  expect(await gracesTasks()).toEqual(before);
});

test('nobody gives a row of theirs to somebody else', async () => {
  const { error, status } = await ada.from('tasks').update({ user_id: GRACE }).eq('done', true);
  expect({ code: error?.code, status }).toEqual({ code: '42501', status: 403 });
});

test('a new row belongs to the caller without being told', async () => {
  const { data } = await ada.from('tasks').insert({ title: 'Nap' }).select().single();
  expect(data).toMatchObject({ user_id: ADA, title: 'Nap', done: false });
});

test('microseconds survive the way in and out, written as PostgREST writes them', async () => {
  const created_at = '2026-05-01T12:00:00.000001+00:00';
  await ada.from('tasks').insert({ title: 'Precise', created_at }).throwOnError();
  const { data } = await ada.from('tasks').select('created_at').eq('created_at', created_at).single();
  expect(data).toEqual({ created_at });
});

test('a page that starts after a row with microseconds neither repeats nor skips one', async () => {
  const newestFirst = () =>
    ada
      .from('tasks')
      .select('id, created_at')
      .order('created_at', { ascending: false })
      .order('id', { ascending: false });
  const { data: all } = await newestFirst().throwOnError();
  for (const [index, { id, created_at }] of all.entries()) {
    const { data } = await newestFirst()
      .or(`created_at.lt."${created_at}",and(created_at.eq."${created_at}",id.lt.${id})`)
      .throwOnError();
    expect(data).toEqual(all.slice(index + 1));
  }
});

test('a page sorted by a boolean starts after any row', async () => {
  const undoneFirst = () => ada.from('tasks').select('id, done').order('done').order('id');
  const { data: all } = await undoneFirst().throwOnError();
  for (const [index, { id, done }] of all.entries()) {
    for (const value of [`${done}`, `"${done}"`]) {
      const { data } = await undoneFirst()
        .or(`done.gt.${value},and(done.eq.${value},id.gt."${id}")`)
        .throwOnError();
      expect(data).toEqual(all.slice(index + 1));
    }
  }
});

const HOSTILE_TITLES = [
  'a"b',
  '"',
  '"quoted"',
  'a\\b',
  '\\',
  '\\"',
  'a,b',
  'a(b)',
  ')',
  'a)b,c("d\\"',
  'title.eq."x"',
  'a.in.(b,c)',
  '{a}',
  '100%',
  'a*b',
  ' spaced ',
  '',
  'null',
  'true',
  '1.50',
  '007',
  'a&b=c+d#e?f',
  "it's; drop table tasks --",
  'line\nbreak',
  'ü☃😀',
  '$1',
];

test('hostile titles are compared as they are, in plain filters and in logic trees', async () => {
  const hostile = client(await sessionToken('user_hostile'));
  await hostile
    .from('tasks')
    .insert(HOSTILE_TITLES.map((title) => ({ title })))
    .throwOnError();
  const byTitle = () => hostile.from('tasks').select('id, title').order('title').order('id');
  const { data: all } = await byTitle().throwOnError();
  expect(all).toHaveLength(HOSTILE_TITLES.length);

  for (const [index, { id, title }] of all.entries()) {
    const quoted = quote(title);
    const queries = {
      eq: byTitle().eq('title', title),
      in: byTitle().filter('title', 'in', `(${quoted},"no such title")`),
      'or eq': byTitle().or(`title.eq.${quoted},title.eq."no such title"`),
      'or in': byTitle().or(`title.in.(${quoted},"no such title")`),
    };
    for (const [name, query] of Object.entries(queries))
      expect({ name, ...(await query.throwOnError()) }).toMatchObject({ name, data: [{ id, title }] });
    const after = {
      gt: byTitle().gt('title', title),
      keyset: byTitle().or(`title.gt.${quoted},and(title.eq.${quoted},id.gt.${id})`),
    };
    for (const [name, query] of Object.entries(after))
      expect({ name, title, data: (await query.throwOnError()).data }).toEqual({
        name,
        title,
        data: all.slice(index + 1),
      });
  }
});

test('a pattern’s star means anything', async () => {
  const plain = await ada.from('tasks').select('id').ilike('title', '*MUSIC*').throwOnError();
  const logic = await ada.from('tasks').select('id').or('title.ilike."*MUSIC*"').throwOnError();
  expect(plain.data).toHaveLength(1);
  expect(logic.data).toEqual(plain.data);
});

test('a hundred rows with one created_at go in at once', async () => {
  const busy = client(await sessionToken('user_busy'));
  const created_at = '2026-06-01T00:00:00.123456+00:00';
  const rows = Array.from({ length: 100 }, (_, index) => ({ title: `Task ${index}`, created_at }));
  expect((await busy.from('tasks').insert(rows)).status).toBe(201);
  const { count } = await busy
    .from('tasks')
    .select('id', { count: 'exact', head: true })
    .eq('created_at', created_at);
  expect(count).toBe(100);
});

test('an exact count comes with a page, with an empty page and alone', async () => {
  const page = await ada.from('tasks').select('id', { count: 'exact' }).limit(2);
  expect(page).toMatchObject({ status: 206, count: 6, data: [{}, {}] });
  const empty = await ada.from('tasks').select('id', { count: 'exact' }).limit(0);
  expect(empty).toMatchObject({ status: 206, count: 6, data: [] });
  const alone = await ada.from('tasks').select('id', { count: 'exact', head: true });
  expect(alone).toMatchObject({ status: 200, count: 6, data: null });
});

test('a caller’s mistakes get PostgREST’s codes and stay out of the terminal', async () => {
  const printed = vi.spyOn(console, 'error');
  const mistakes = {
    column: await ada.from('tasks').select('nope'),
    table: await client(await sessionToken(ADA))
      .from('nope' as 'tasks')
      .select('*'),
    uuid: await ada.from('tasks').select('*').eq('id', 'nope'),
    boolean: await ada.from('tasks').select('*').or('done.eq.nope'),
    tree: await ada.from('tasks').select('*').or('nope'),
  };
  const codes = Object.entries(mistakes).map(([name, { error, status }]) => [name, status, error?.code]);
  expect(codes).toEqual([
    ['column', 400, '42703'],
    ['table', 404, 'PGRST205'],
    ['uuid', 400, '22P02'],
    ['boolean', 400, '22P02'],
    ['tree', 400, 'PGRST100'],
  ]);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});

test('a reset puts the rows back to the seed', async () => {
  const before = await gracesTasks();
  await grace.from('tasks').update({ title: 'changed' }).eq('done', true).throwOnError();
  await grace.from('tasks').delete().eq('done', false).throwOnError();
  await grace.from('tasks').insert({ title: 'new' }).throwOnError();
  expect(await gracesTasks()).not.toEqual(before);
  await supabase.control.reset();
  expect(await gracesTasks()).toEqual(before);
});

test('starting it leaves the process’s warnings alone', () => {
  expect(process.emitWarning).toBe(emitWarning);
});

test('an engine leaves the exit code of its process alone: failed tests must not exit with 0', async () => {
  const before = process.exitCode;
  const engine = await startEngine({ jwtSecret: 'a secret that is long enough for HS256, of no other use' });
  await expect(engine.query('select no_such_column')).rejects.toThrow();
  expect(process.exitCode).toBe(before);
  process.exitCode = 7;
  await engine.close();
  expect(process.exitCode).toBe(7);
  process.exitCode = before;
}, 60_000);
