import { updateProfile } from '../../resolvers/update-profile';
import type { UserAuth } from '../../sources/ports';
import { builder } from '../builder';
import { Viewer } from './viewer';

const UpdateProfileInput = builder.inputType('UpdateProfileInput', {
  description: 'The names to change. What is left out stays as it is; null or an empty text clears it.',
  fields: (t) => ({
    firstName: t.string({ description: 'Given name: trimmed, at most 256 characters, no line breaks.' }),
    lastName: t.string({ description: 'Family name: trimmed, at most 256 characters, no line breaks.' }),
  }),
});

const UpdateProfilePayload = builder
  .objectRef<{ readonly viewer: UserAuth }>('UpdateProfilePayload')
  .implement({
    description: 'What `updateProfile` did.',
    authScopes: { signedIn: true },
    fields: (t) => ({
      viewer: t.expose('viewer', {
        type: Viewer,
        nullable: false,
        description: 'The signed-in user, with the new names.',
      }),
    }),
  });

builder.mutationType({
  description: 'Everything that can be changed.',
  fields: (t) => ({
    updateProfile: t.withAuth({ signedIn: true }).field({
      type: UpdateProfilePayload,
      description:
        'Changes the names of the signed-in user at Clerk. A refused value is `BAD_USER_INPUT` with its path in `issues`, and then nothing is written.',
      args: { input: t.arg({ type: UpdateProfileInput, required: true }) },
      resolve: async (_root, { input }, { auth, directory }) => ({
        viewer: await updateProfile(auth, input, directory),
      }),
    }),
  }),
});
