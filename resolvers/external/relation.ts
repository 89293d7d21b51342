import { columnOf, type ExternalResource } from './resource';

/**
 * What a relation of a resource leads to.
 * @param targets what there is, by the name of the object type.
 * @throws {Error} naming the relation, where it leads nowhere, or where its field cannot hold the key of what it leads to.
 */
export function targetOf<Target extends { readonly resource: ExternalResource }>(
  from: ExternalResource,
  relation: string,
  targets: ReadonlyMap<string, Target>,
): Target {
  const { to, by } = from.relations?.[relation] ?? {};
  const target = to === undefined ? undefined : targets.get(to);
  if (by === undefined || target === undefined)
    throw new Error(`${from.type}.${relation} leads to ${to}, which is no resource.`);
  const { type } = columnOf(from, by);
  const key = columnOf(target.resource, target.resource.key);
  if (type !== key.type)
    throw new Error(
      `${from.type}.${relation} goes by ${by}, which is of type ${type}, but the key of ${to} is of type ${key.type}.`,
    );
  return target;
}
