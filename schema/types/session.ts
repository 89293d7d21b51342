import type { DeviceRecord, SessionRecord } from '../../sources/ports';
import { builder } from '../builder';

const Device = builder.objectRef<DeviceRecord>('Device').implement({
  description: 'What a session was last used from, as far as Clerk can tell.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    browserName: t.exposeString('browserName', { description: 'Name of the browser, such as `Firefox`.' }),
    deviceType: t.exposeString('deviceType', { description: 'Kind of device, such as `Macintosh`.' }),
    isMobile: t.exposeBoolean('isMobile', {
      nullable: false,
      description: 'Whether it is a phone or a tablet.',
    }),
    city: t.exposeString('city', { description: 'City that the address belongs to.' }),
    country: t.exposeString('country', { description: 'Country that the address belongs to.' }),
  }),
});

export const Session = builder.objectRef<SessionRecord>('Session').implement({
  description: 'A browser or an app in which the user is signed in.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Clerk session id.' }),
    status: t.exposeString('status', {
      nullable: false,
      description: "Clerk's word for its state: `active`, `revoked`, `ended`, …",
    }),
    isCurrent: t.boolean({
      nullable: false,
      description: 'Whether it is the session that asks.',
      resolve: ({ id }, _args, { auth }) => auth.kind === 'user' && auth.sessionId === id,
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the user signed in.',
    }),
    lastActiveAt: t.expose('lastActiveAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was last used.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the user has to sign in again.',
    }),
    device: t.expose('device', { type: Device, nullable: true, description: 'What it was last used from.' }),
  }),
});
