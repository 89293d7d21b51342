import { SignJWT } from 'jose';
import { notFound } from '../errors';
import type { Signer } from '../keys';
import { findMembership, findOrganization, findSession, findUser } from '../queries';
import { newSession } from '../sessions';
import type { Session, User } from '../state';
import type { Store } from '../store';
import { sessionToken } from './session-token';
import { findTemplate, TEMPLATE_CATEGORY, templateClaims } from './template-token';
import type { TokenOptions } from './token-options';

/** Whose token to mint, and how it differs from an ordinary one. */
export interface MintOptions extends Omit<TokenOptions, 'organizationId'> {
  /** Email address or id. */
  readonly user: string;
  /** Slug or id of the active organization. Default: none, the user's personal account. */
  readonly org?: string | undefined;
  /** Name of a JWT template. Default: a session token. */
  readonly template?: string | undefined;
  /** Id of the session the token belongs to. Default: the user's newest active session, or a new one. */
  readonly session?: string | undefined;
}

interface TokenIssuerOptions {
  readonly store: Store;
  readonly signer: Signer;
  /** Becomes `azp`. */
  readonly appUrl: string;
  /** Secret of HS256 templates. */
  readonly templateSecret: string;
  /** Usual life of a token in seconds. */
  readonly lifetime: number;
}

/** Issues the tokens of an instance. */
export class TokenIssuer {
  readonly #options: TokenIssuerOptions;

  constructor(options: TokenIssuerOptions) {
    this.#options = options;
  }

  /** @throws {ClerkError} 404 when the user, membership, session or template does not exist. */
  async mint({ user: key, org, template, session, ...options }: MintOptions): Promise<string> {
    const user = findUser(this.#options.store.state, key);
    if (user === undefined) throw notFound('user', key);
    const organizationId = org === undefined ? null : this.#memberOf(user, org);
    return this.issue(this.#sessionOf(user, session), { template, organizationId, ...options });
  }

  /**
   * A token of the session, by default for its own organization.
   *
   * @throws {ClerkError} 404 when the user or template does not exist.
   */
  async issue(
    session: Session,
    { template: name, ...options }: Partial<TokenOptions> & { readonly template?: string | undefined } = {},
  ): Promise<string> {
    const { store, signer, appUrl, templateSecret, lifetime } = this.#options;
    const user = findUser(store.state, session.userId);
    if (user === undefined) throw notFound('user', session.userId);
    const source = {
      state: store.state,
      user,
      azp: appUrl,
      lifetime,
      organizationId: session.organizationId,
      ...options,
    };
    if (name === undefined) {
      const { claims, header } = sessionToken({ ...source, session });
      return signer.sign(claims, header);
    }
    const template = findTemplate(name);
    if (template === undefined) throw notFound('JWT template', name);
    const claims = templateClaims(template, source);
    return template.algorithm === 'RS256'
      ? signer.sign(claims, { cat: TEMPLATE_CATEGORY })
      : new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', typ: 'JWT', cat: TEMPLATE_CATEGORY })
          .sign(new TextEncoder().encode(templateSecret));
  }

  /** @param org slug or id. */
  #memberOf(user: User, org: string): string {
    const { state } = this.#options.store;
    const organization = findOrganization(state, org);
    const membership =
      organization && findMembership(state, { userId: user.id, organizationId: organization.id });
    if (membership === undefined) throw notFound(`membership of ${user.email} in organization`, org);
    return membership.organizationId;
  }

  #sessionOf(user: User, sessionId: string | undefined): Session {
    const { store } = this.#options;
    if (sessionId !== undefined) {
      const session = findSession(store.state, sessionId);
      if (session?.userId !== user.id) throw notFound('session', sessionId);
      return session;
    }
    const active = store.state.sessions.findLast(
      ({ userId, status }) => userId === user.id && status === 'active',
    );
    if (active !== undefined) return active;
    const session = newSession({ userId: user.id, organizationId: null });
    store.apply({ type: 'session.created', session });
    return session;
  }
}
