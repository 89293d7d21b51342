import { createBuilder } from '../../schema';

const builder = createBuilder();

const yes = { resolve: () => true } as const;
const LATELY = { level: 'first_factor', afterMinutes: 10 } as const;
const SECOND = { level: 'second_factor', afterMinutes: 10 } as const;

/** A document: anybody may see its name, only admins what is in it. */
interface Document {
  readonly id: string;
  readonly secret: boolean;
}

const DOCUMENTS: readonly Document[] = [
  { id: '1', secret: false },
  { id: '2', secret: true },
  { id: '3', secret: false },
];

const Named = builder.interfaceRef<Document>('Named').implement({
  public: true,
  resolveType: ({ secret }) => (secret ? 'Secret' : 'Note'),
  fields: (t) => ({ id: t.exposeID('id'), name: t.string({ resolve: ({ id }) => `Document ${id}` }) }),
});

const Note = builder.objectRef<Document>('Note').implement({
  interfaces: [Named],
  public: true,
  fields: (t) => ({ text: t.string({ resolve: () => 'for everybody' }) }),
});

const Secret = builder.objectRef<Document>('Secret');

Secret.implement({
  interfaces: [Named],
  authScopes: { role: 'org:admin' },
  fields: (t) => ({
    text: t.string({ resolve: ({ id }) => `secret of ${id}` }),
    self: t.field({ type: Secret, resolve: (document) => document }),
  }),
});

const Paper = builder.unionType('Paper', {
  types: [Note, Secret],
  resolveType: ({ secret }) => (secret ? 'Secret' : 'Note'),
});

const documentOf = (id: unknown) => DOCUMENTS.find((document) => document.id === String(id)) ?? null;

builder.queryType({
  fields: (t) => ({
    open: t.boolean({ public: true, ...yes }),
    authenticated: t.boolean({ authScopes: { authenticated: true }, ...yes }),
    sessionToken: t.boolean({ authScopes: { tokenType: 'session_token' }, ...yes }),
    apiKey: t.boolean({ authScopes: { tokenType: 'api_key' }, ...yes }),
    m2mToken: t.boolean({ authScopes: { tokenType: 'm2m_token' }, ...yes }),
    oauthToken: t.boolean({ authScopes: { tokenType: 'oauth_token' }, ...yes }),
    tokenScope: t.boolean({ authScopes: { tokenScope: 'invoices:read' }, ...yes }),
    apiKeyWithScope: t.boolean({ authScopes: { tokenType: 'api_key', tokenScope: 'profile' }, ...yes }),
    signedIn: t.boolean({ authScopes: { signedIn: true }, ...yes }),
    inPerson: t.boolean({ authScopes: { inPerson: true }, ...yes }),
    role: t.boolean({ authScopes: { role: 'org:admin' }, ...yes }),
    permission: t.boolean({ authScopes: { permission: 'org:invoices:create' }, ...yes }),
    feature: t.boolean({ authScopes: { feature: 'org:reports' }, ...yes }),
    plan: t.boolean({ authScopes: { plan: 'org:team' }, ...yes }),
    userPlan: t.boolean({ authScopes: { plan: 'user:free' }, ...yes }),
    lately: t.boolean({ authScopes: { reverification: LATELY }, ...yes }),
    secondFactor: t.boolean({ authScopes: { reverification: SECOND }, ...yes }),
    both: t.boolean({ authScopes: { permission: 'org:invoices:create', reverification: LATELY }, ...yes }),
    either: t.boolean({
      authScopes: { $any: { role: 'org:admin', permission: 'org:invoices:read' } },
      ...yes,
    }),
    allOfAny: t.boolean({
      authScopes: {
        signedIn: true,
        $any: { feature: 'org:none', $all: { role: 'org:admin', plan: 'org:team' } },
      },
      ...yes,
    }),
    broken: t.boolean({
      whoMayAsk: 'nobody: the rule breaks',
      authScopes: () => {
        throw new Error('password of the rule: hunter2');
      },
      ...yes,
    }),
    brokenLater: t.boolean({
      whoMayAsk: 'nobody: the rule breaks',
      authScopes: () => Promise.reject(new Error('password of the rule: hunter2')),
      ...yes,
    }),
    ofArgument: t.boolean({
      args: { role: t.arg.string({ required: true }) },
      whoMayAsk: 'whoever has the role that the argument names',
      authScopes: (_root, { role }) => ({ role }),
      ...yes,
    }),
    named: t.field({
      type: Named,
      public: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }) => documentOf(id),
    }),
    paper: t.field({
      type: Paper,
      public: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }) => documentOf(id),
    }),
    secret: t.field({
      type: Secret,
      public: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }) => documentOf(id),
    }),
    papers: t.field({ type: [Paper], public: true, resolve: () => [...DOCUMENTS] }),
    names: t.field({ type: [Named], public: true, resolve: () => [...DOCUMENTS] }),
  }),
});

/** A schema with a field for every scope and way to combine scopes, under the gateway's own rules. */
export const scopedSchema = builder.toSchema();
