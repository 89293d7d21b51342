/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query First {\n    viewer {\n      fullName\n      organization {\n        name\n        role\n      }\n    }\n    externalData {\n      tasks(first: 2) {\n        edges {\n          node {\n            title\n            done\n          }\n        }\n      }\n    }\n  }\n": typeof types.FirstDocument,
    "\n  query Profile {\n    viewer {\n      id\n      firstName\n      lastName\n      fullName\n      primaryEmailAddress\n      createdAt\n      sessionId\n      tokenExpiresAt\n      actor {\n        id\n      }\n      organization {\n        id\n        name\n        slug\n        role\n        permissions\n      }\n    }\n  }\n": typeof types.ProfileDocument,
    "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      viewer {\n        id\n        firstName\n        lastName\n        fullName\n      }\n    }\n  }\n": typeof types.UpdateProfileDocument,
    "\n  fragment TaskPage on ExternalDataTasksConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        id\n        title\n        done\n        createdAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": typeof types.TaskPageFragmentDoc,
    "\n  query Tasks($first: Int!, $filter: TaskFilter, $orderBy: TaskOrder!) {\n    viewer {\n      id\n      fullName\n    }\n    externalData {\n      tasks(first: $first, filter: $filter, orderBy: $orderBy) {\n        ...TaskPage\n      }\n    }\n  }\n": typeof types.TasksDocument,
    "\n  query MoreTasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder!) {\n    externalData {\n      tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n        ...TaskPage\n      }\n    }\n  }\n": typeof types.MoreTasksDocument,
};
const documents: Documents = {
    "\n  query First {\n    viewer {\n      fullName\n      organization {\n        name\n        role\n      }\n    }\n    externalData {\n      tasks(first: 2) {\n        edges {\n          node {\n            title\n            done\n          }\n        }\n      }\n    }\n  }\n": types.FirstDocument,
    "\n  query Profile {\n    viewer {\n      id\n      firstName\n      lastName\n      fullName\n      primaryEmailAddress\n      createdAt\n      sessionId\n      tokenExpiresAt\n      actor {\n        id\n      }\n      organization {\n        id\n        name\n        slug\n        role\n        permissions\n      }\n    }\n  }\n": types.ProfileDocument,
    "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      viewer {\n        id\n        firstName\n        lastName\n        fullName\n      }\n    }\n  }\n": types.UpdateProfileDocument,
    "\n  fragment TaskPage on ExternalDataTasksConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        id\n        title\n        done\n        createdAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": types.TaskPageFragmentDoc,
    "\n  query Tasks($first: Int!, $filter: TaskFilter, $orderBy: TaskOrder!) {\n    viewer {\n      id\n      fullName\n    }\n    externalData {\n      tasks(first: $first, filter: $filter, orderBy: $orderBy) {\n        ...TaskPage\n      }\n    }\n  }\n": types.TasksDocument,
    "\n  query MoreTasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder!) {\n    externalData {\n      tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n        ...TaskPage\n      }\n    }\n  }\n": types.MoreTasksDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query First {\n    viewer {\n      fullName\n      organization {\n        name\n        role\n      }\n    }\n    externalData {\n      tasks(first: 2) {\n        edges {\n          node {\n            title\n            done\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query First {\n    viewer {\n      fullName\n      organization {\n        name\n        role\n      }\n    }\n    externalData {\n      tasks(first: 2) {\n        edges {\n          node {\n            title\n            done\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Profile {\n    viewer {\n      id\n      firstName\n      lastName\n      fullName\n      primaryEmailAddress\n      createdAt\n      sessionId\n      tokenExpiresAt\n      actor {\n        id\n      }\n      organization {\n        id\n        name\n        slug\n        role\n        permissions\n      }\n    }\n  }\n"): (typeof documents)["\n  query Profile {\n    viewer {\n      id\n      firstName\n      lastName\n      fullName\n      primaryEmailAddress\n      createdAt\n      sessionId\n      tokenExpiresAt\n      actor {\n        id\n      }\n      organization {\n        id\n        name\n        slug\n        role\n        permissions\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      viewer {\n        id\n        firstName\n        lastName\n        fullName\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      viewer {\n        id\n        firstName\n        lastName\n        fullName\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TaskPage on ExternalDataTasksConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        id\n        title\n        done\n        createdAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"): (typeof documents)["\n  fragment TaskPage on ExternalDataTasksConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        id\n        title\n        done\n        createdAt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Tasks($first: Int!, $filter: TaskFilter, $orderBy: TaskOrder!) {\n    viewer {\n      id\n      fullName\n    }\n    externalData {\n      tasks(first: $first, filter: $filter, orderBy: $orderBy) {\n        ...TaskPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query Tasks($first: Int!, $filter: TaskFilter, $orderBy: TaskOrder!) {\n    viewer {\n      id\n      fullName\n    }\n    externalData {\n      tasks(first: $first, filter: $filter, orderBy: $orderBy) {\n        ...TaskPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MoreTasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder!) {\n    externalData {\n      tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n        ...TaskPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query MoreTasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder!) {\n    externalData {\n      tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n        ...TaskPage\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;