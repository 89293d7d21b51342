import { builder } from '../builder';
import { ExternalData } from './external-data';
import { Viewer } from './viewer';

builder.queryType({
  description: 'Everything that can be read.',
  fields: (t) => ({
    viewer: t.withAuth({ signedIn: true }).field({
      type: Viewer,
      description: 'The signed-in user.',
      resolve: (_root, _args, { auth }) => auth,
    }),
    externalData: t.withAuth({ signedIn: true }).field({
      type: ExternalData,
      description: "Rows in external sources that the viewer may read, fetched with the viewer's own token.",
      resolve: (_root, _args, { auth }) => auth,
    }),
  }),
});
