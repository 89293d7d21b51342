import { revokeSession } from '../../resolvers/revoke-session';
import { updateProfile } from '../../resolvers/update-profile';
import type { SessionRecord, UserAuth } from '../../sources/ports';
import { builder } from '../builder';
import { Session } from './session';
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

const RevokeSessionInput = builder.inputType('RevokeSessionInput', {
  description: 'The session to end.',
  fields: (t) => ({ sessionId: t.id({ required: true, description: 'One of `viewer.sessions`.' }) }),
});

const RevokeSessionPayload = builder
  .objectRef<{ readonly session: SessionRecord }>('RevokeSessionPayload')
  .implement({
    description: 'What `revokeSession` did.',
    authScopes: { signedIn: true },
    fields: (t) => ({
      session: t.expose('session', { type: Session, nullable: false, description: 'The session, ended.' }),
    }),
  });

builder.mutationType({
  description: 'Everything that can be changed.',
  fields: (t) => ({
    updateProfile: t.withAuth({ signedIn: true }).field({
      type: UpdateProfilePayload,
      cost: 10,
      description:
        'Changes the names of the signed-in user at Clerk. A refused value is `BAD_USER_INPUT` with its path in `issues`, and then nothing is written.',
      args: { input: t.arg({ type: UpdateProfileInput, required: true }) },
      resolve: async (_root, { input }, { auth, directory }) => ({
        viewer: await updateProfile(auth, input, directory),
      }),
    }),
    revokeSession: t
      .withAuth({
        signedIn: true,
        inPerson: true,
        reverification: { level: 'first_factor', afterMinutes: 10 },
      })
      .field({
        type: RevokeSessionPayload,
        cost: 20,
        description:
          "Ends one of the user's own sessions: it gets no more tokens, while those it has live out their seconds. A session of somebody else is `NOT_FOUND`, as one that does not exist.",
        args: { input: t.arg({ type: RevokeSessionInput, required: true }) },
        resolve: async (_root, { input }, { auth, directory }) => ({
          session: await revokeSession(auth, input.sessionId, directory),
        }),
      }),
  }),
});
