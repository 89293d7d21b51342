import type { UserAuth } from '../../sources/ports';
import { builder } from '../builder';

/** Resources add their fields: see `schema/external/`. */
export const ExternalData = builder.objectRef<UserAuth>('ExternalData').implement({
  description:
    'Rows in external sources. Each source applies its own rules to the token of the signed-in user, so that nobody sees more than the source shows them.',
  authScopes: { signedIn: true },
});
