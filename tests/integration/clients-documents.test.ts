import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type DocumentNode, getOperationAST } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApolloClient } from '../../app/clients/apollo';
import { documentHash } from '../../app/clients/document-hash';
import { createUrqlClient } from '../../app/clients/urql';
import * as generated from '../../app/gql/graphql';
import documents from '../../app/gql/persisted-documents.json';
import { startWorld, type World } from '../harness/world';
import { clerkTokens, KITS, type KitOptions, pageFetch } from './clients-support';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clerk.control.reset());
afterAll(() => world.close());

const { ProfileDocument, UpdateProfileDocument, TasksDocument, MoreTasksDocument } = generated;

/** The operations of the app's pages, and variables to run them with. The first one is there to be pasted. */
const OPERATIONS = Object.values(generated).flatMap((document: DocumentNode) => {
  const operation = getOperationAST(document);
  return operation?.name === undefined ? [] : [{ name: operation.name.value, operation, document }];
});
const PAGE = {
  first: 2,
  orderBy: { field: 'CREATED_AT', direction: 'DESC' },
} satisfies generated.TasksQueryVariables;
const VARIABLES: Readonly<Record<string, Record<string, unknown>>> = {
  Tasks: PAGE,
  MoreTasks: PAGE,
  UpdateProfile: { input: { firstName: 'Augusta' } },
};

const BY_HASH: KitOptions = { trustedDocuments: true };
const gatewayOf = (mode: string, known: Readonly<Record<string, string>> = documents) =>
  world.gatewayWith({ GATEWAY_DOCUMENTS: mode }, { documents: known });

/** What a request says: whether it has the text of a document, and which hash. */
async function sent(request: Request) {
  const { query, extensions } = await request.json();
  return { query: typeof query, hash: extensions?.persistedQuery?.sha256Hash };
}

test('the manifest has every operation of the app, by the hash that its document has, and no other', () => {
  expect(OPERATIONS.map(({ name }) => name).sort()).toEqual([
    'First',
    'MoreTasks',
    'Profile',
    'Tasks',
    'UpdateProfile',
  ]);
  expect(OPERATIONS.map(({ document }) => `sha256:${documentHash(document)}`).sort()).toEqual(
    Object.keys(documents).sort(),
  );
  for (const [hash, text] of Object.entries(documents))
    expect(hash).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`);
});

test('the command in the README names a document of the manifest', async () => {
  const text = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [, id] = /"documentId": "(sha256:\w+)"/.exec(text) ?? [];
  expect(Object.keys(documents)).toContain(id);
});

test.each([
  ['with a prefix', { hash: `sha256:${'a'.repeat(64)}` }, 'a'.repeat(64)],
  ['without a prefix', { hash: 'b'.repeat(64) }, 'b'.repeat(64)],
  ['of another kind', { hash: 'c'.repeat(40) }, undefined],
  ['that is none', { hash: 7 }, undefined],
  ['that is missing', {}, undefined],
  ['without a place', undefined, undefined],
])('a hash %s is read off a document', (_, meta, expected) => {
  expect(documentHash({ kind: 'Document', definitions: [], __meta__: meta })).toBe(expected);
});

for (const { name: kit, create } of KITS) {
  test.each(OPERATIONS.filter(({ name }) => name !== 'First'))(
    `${kit}: $name is sent as its hash, and runs where only known documents do`,
    async ({ name, operation, document }) => {
      const { fetch, requests } = pageFetch(gatewayOf('persisted-only'));
      const client = create(clerkTokens(await world.token('ada', { org: 'acme' })).getToken, {
        fetch,
        ...BY_HASH,
      });
      const run = operation.operation === 'mutation' ? client.mutate : client.query;
      const { data, errors } = await run(document, VARIABLES[name]);
      expect(errors).toEqual([]);
      for (const root of Object.values(data)) expect(root).not.toBeNull();
      expect(await Promise.all(requests.map(sent))).toEqual([
        { query: 'undefined', hash: documentHash(document) },
      ]);
      expect(requests.map(({ method }) => method)).toEqual(['POST']);
    },
  );

  test(`${kit}: without the option the document is sent, and no hash`, async () => {
    const { fetch, requests } = pageFetch(world.gateway);
    const client = create(clerkTokens(await world.token('ada')).getToken, { fetch });
    expect((await client.query(ProfileDocument)).data.viewer.firstName).toBe('Ada');
    expect(await Promise.all(requests.map(sent))).toEqual([{ query: 'string', hash: undefined }]);
  });

  test(`${kit}: a document that codegen has not seen is sent, and no hash`, async () => {
    const { fetch, requests } = pageFetch(gatewayOf('any'));
    const client = create(clerkTokens(await world.token('ada')).getToken, { fetch, ...BY_HASH });
    expect((await client.query('{ viewer { id firstName } }')).data.viewer.firstName).toBe('Ada');
    expect(await Promise.all(requests.map(sent))).toEqual([{ query: 'string', hash: undefined }]);
  });

  test.each(['application/graphql-response+json', 'application/json'])(
    `${kit}: a hash that the gateway does not know is followed by the document, once, as %s`,
    async (accept) => {
      const { fetch, requests } = pageFetch(gatewayOf('any', {}));
      const asType: typeof fetch = (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('accept', accept);
        return fetch(input, { ...init, headers });
      };
      const client = create(clerkTokens(await world.token('ada')).getToken, { fetch: asType, ...BY_HASH });
      const { data, errors } = await client.query(ProfileDocument);
      expect({ errors, name: data.viewer.firstName }).toEqual({ errors: [], name: 'Ada' });
      expect(await Promise.all(requests.map(sent))).toEqual([
        { query: 'undefined', hash: documentHash(ProfileDocument) },
        { query: 'string', hash: undefined },
      ]);
    },
  );

  test(`${kit}: a mutation whose hash the gateway does not know is done once`, async () => {
    const { fetch, requests } = pageFetch(gatewayOf('any', {}));
    const client = create(clerkTokens(await world.token('ada')).getToken, { fetch, ...BY_HASH });
    const { data } = await client.mutate(UpdateProfileDocument, VARIABLES.UpdateProfile);
    expect(data.updateProfile.viewer.fullName).toBe('Augusta Lovelace');
    expect(requests).toHaveLength(2);
    expect(world.clerk.control.total('PATCH')).toBe(1);
  });

  test(`${kit}: where the document is refused too, that is the answer, and no loop`, async () => {
    const { fetch, requests } = pageFetch(gatewayOf('persisted-only', {}));
    const client = create(clerkTokens(await world.token('ada')).getToken, { fetch, ...BY_HASH });
    const { data, errors } = await client.query(ProfileDocument);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ code: 'PERSISTED_QUERY_NOT_FOUND', path: [] }]);
    expect(requests).toHaveLength(2);
  });

  test(`${kit}: an operation that is sent again after another one fell back is sent as its hash`, async () => {
    const known = Object.fromEntries(
      Object.entries(documents).filter(([hash]) => hash.endsWith(documentHash(TasksDocument) ?? '')),
    );
    const { fetch, requests } = pageFetch(gatewayOf('any', known));
    const client = create(clerkTokens(await world.token('ada')).getToken, { fetch, ...BY_HASH });
    await client.query(ProfileDocument);
    expect((await client.query(TasksDocument, PAGE)).errors).toEqual([]);
    expect((await Promise.all(requests.map(sent))).map(({ query }) => query)).toEqual([
      'undefined',
      'string',
      'undefined',
    ]);
  });

  test(`${kit}: a hash is sent again with a new token where the old one is refused`, async () => {
    const { fetch, requests } = pageFetch(gatewayOf('persisted-only'));
    const [expired, fresh] = [await world.token('ada', { ttl: -30 }), await world.token('ada')];
    const client = create(clerkTokens(expired, fresh).getToken, {
      fetch,
      now: () => Date.now() - 600_000,
      ...BY_HASH,
    });
    expect((await client.query(ProfileDocument)).errors).toEqual([]);
    expect((await Promise.all(requests.map(sent))).map(({ query }) => query)).toEqual([
      'undefined',
      'undefined',
    ]);
  });

  test(`${kit}: a hash without a token is UNAUTHENTICATED, with 401, as its document is`, async () => {
    const { fetch, responses } = pageFetch(gatewayOf('persisted-only'));
    const client = create(clerkTokens(null).getToken, { fetch, ...BY_HASH });
    expect((await client.query(ProfileDocument)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
    expect(responses.map(({ status }) => status)).toEqual([401]);
  });
}

test('urql: what hashes bring is kept by its type and id, as what documents bring', async () => {
  const { fetch, requests } = pageFetch(gatewayOf('persisted-only'));
  const { getToken } = clerkTokens(await world.token('ada'));
  const client = createUrqlClient(getToken, { fetch, ...BY_HASH });
  await client.query(ProfileDocument, {}).toPromise();
  await client.mutation(UpdateProfileDocument, { input: { firstName: 'Augusta' } }).toPromise();
  const { data } = await client.query(ProfileDocument, {}).toPromise();
  expect(data?.viewer?.fullName).toBe('Augusta Lovelace');
  expect(requests).toHaveLength(2);
});

test('Apollo: pages that hashes bring are joined, as those that documents bring', async () => {
  const { fetch, requests } = pageFetch(gatewayOf('persisted-only'));
  const { getToken } = clerkTokens(await world.token('ada', { org: 'acme' }));
  const client = createApolloClient(getToken, { fetch, ...BY_HASH });
  const { data } = await client.query({ query: TasksDocument, variables: PAGE });
  const after = data?.externalData?.tasks?.pageInfo.endCursor;
  await client.query({
    query: MoreTasksDocument,
    variables: { ...PAGE, after: after ?? null },
    fetchPolicy: 'network-only',
  });
  const joined = await client.query({ query: TasksDocument, variables: PAGE });
  expect(joined.data?.externalData?.tasks?.edges).toHaveLength(4);
  expect(requests).toHaveLength(2);
});
