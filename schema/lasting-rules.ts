/** Scopes by name, and whether what a caller passes once they always pass: it depends on nothing but who they are. */
export type LastingScopes = Readonly<Record<string, boolean>>;

/** What Pothos knows of a field or a type: the options of the scope plugin are among it. */
export type ScopeOptions = object;

interface ScopePluginOptions {
  readonly authScopes?: unknown;
  readonly grantScopes?: unknown;
  readonly skipTypeScopes?: unknown;
  readonly skipInterfaceScopes?: unknown;
  readonly runScopesOnType?: unknown;
}

/**
 * The rules that hold for a field, as text: where it is equal, they let the same callers in, today and tomorrow. `undefined` where
 * there are none, or one that has to be asked each time: a function, a scope that does not last, or anything that lets the scope
 * plugin take the field's rules from elsewhere than these.
 * @param declarations those of the field, of its type, and of the interfaces of both.
 */
export function lastingRules(
  declarations: readonly ScopeOptions[],
  lasting: LastingScopes,
): string | undefined {
  const rules: unknown[] = [];
  for (const declaration of declarations) {
    const { authScopes, grantScopes, ...ways }: ScopePluginOptions = declaration;
    if (grantScopes !== undefined || ways.skipTypeScopes || ways.skipInterfaceScopes || ways.runScopesOnType)
      return undefined;
    if (authScopes === undefined) continue;
    if (!lasts(authScopes, lasting)) return undefined;
    rules.push(authScopes);
  }
  return rules.length === 0 ? undefined : JSON.stringify(rules);
}

function lasts(scopes: unknown, lasting: LastingScopes): boolean {
  if (typeof scopes !== 'object' || scopes === null) return false;
  return Object.entries(scopes).every(([name, value]) =>
    name === '$any' || name === '$all' ? lasts(value, lasting) : lasting[name] === true,
  );
}
