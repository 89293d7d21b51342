import type { CheckedSource } from '../../resolvers/external/source-health';
import { builder } from '../builder';

/** Who may see what a gateway is made of. */
export const EXTERNAL_SOURCE_SCOPES = { role: 'org:admin' } as const;

const ExternalSourceKind = builder.enumType('ExternalSourceKind', {
  description: 'What language a source speaks.',
  values: {
    SUPABASE: { description: 'The Data API of a Supabase project.' },
    HTTP: { description: "A JSON API that serves rows in Gatehouse's own convention." },
    GRAPHQL: { description: "A remote GraphQL API in Hasura's dialect." },
  } as const,
});

const ExternalSourceHealth = builder.enumType('ExternalSourceHealth', {
  description: 'Whether a source answers.',
  values: {
    UP: { description: "It took the caller's token and answered a read of one row." },
    DOWN: { description: 'It failed, refused the read, or took more than two seconds.' },
  } as const,
});

/** A source of rows, and whether it answers. */
export const ExternalSource = builder.objectRef<CheckedSource>('ExternalSource').implement({
  description:
    'A source that external data comes from. `health` and `latencyMs` together cost one read of one row, made now and with the token of the signed-in user.',
  authScopes: EXTERNAL_SOURCE_SCOPES,
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: false,
      description: 'Name of the source, as `source` in the extensions of an error gives it: `supabase`.',
    }),
    kind: t.expose('kind', {
      type: ExternalSourceKind,
      nullable: false,
      description: 'What language it speaks.',
    }),
    health: t.field({
      type: ExternalSourceHealth,
      description:
        'Whether it answers, asked just now, two seconds long at most. A source that fails is `DOWN`, and no error. Null where nothing is read from the source, and so there is nothing to ask it.',
      resolve: async (source) => (await source.health())?.state ?? null,
    }),
    latencyMs: t.int({
      description: 'How long it took to answer, in milliseconds; null where it did not.',
      resolve: async (source) => (await source.health())?.latencyMs ?? null,
    }),
  }),
});
