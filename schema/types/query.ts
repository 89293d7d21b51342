import { builder } from '../builder';
import { ExternalData } from './external-data';
import { Principal } from './principal';
import { VIEWER_SCOPES, Viewer, viewerOf } from './viewer';

builder.queryType({
  description: 'Everything that can be read.',
  fields: (t) => ({
    viewer: t.withAuth(VIEWER_SCOPES).field({
      type: Viewer,
      description: 'The signed-in user, or the user whom an application acts for.',
      resolve: (_root, _args, { auth }) => viewerOf(auth),
    }),
    principal: t.withAuth({ authenticated: true }).field({
      type: Principal,
      description: 'Whoever asks, as the token says: a user, or a program. Costs nothing.',
      resolve: (_root, _args, { auth }) => auth,
    }),
    externalData: t.withAuth({ signedIn: true }).field({
      type: ExternalData,
      description: "Rows in external sources that the viewer may read, fetched with the viewer's own token.",
      resolve: (_root, _args, { auth }) => auth,
    }),
  }),
});
