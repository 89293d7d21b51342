import { checkedSources } from '../../resolvers/external/source-health';
import type { UserAuth } from '../../sources/ports';
import { builder } from '../builder';
import { resourcesOf } from '../external/declared';
import { EXTERNAL_SOURCE_SCOPES, ExternalSource } from './external-source';

/** Resources add their fields: see `schema/external/`. */
export const ExternalData = builder.objectRef<UserAuth>('ExternalData').implement({
  description:
    'Rows in external sources. Each source applies its own rules to the token of the signed-in user, so that nobody sees more than the source shows them.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    sources: t.field({
      type: [ExternalSource],
      authScopes: EXTERNAL_SOURCE_SCOPES,
      description: 'The sources that are configured, and whether they answer.',
      resolve: (auth, _args, { sources }, { schema }) =>
        checkedSources(
          resourcesOf(schema).map(({ resource }) => resource),
          auth,
          sources,
        ),
    }),
  }),
});
