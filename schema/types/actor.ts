import { builder } from '../builder';

export const Actor = builder.objectRef<{ readonly id: string }>('Actor').implement({
  description: 'Somebody who acts as another user, for instance to help them.',
  authScopes: { $any: { signedIn: true, tokenType: 'oauth_token' } },
  fields: (t) => ({
    id: t.exposeID('id', {
      nullable: false,
      description: 'Clerk user id of the person who is really acting.',
    }),
  }),
});
