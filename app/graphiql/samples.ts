/** A tab of GraphiQL. */
interface Sample {
  readonly query: string;
  readonly variables?: string;
}

/** What GraphiQL opens on: operations that answer something on the first run. */
export const SAMPLES: readonly Sample[] = [
  {
    query: `# Who is signed in, and what is to be done.
query Overview {
  viewer {
    fullName
    primaryEmailAddress
    organization {
      name
      role
      permissions
    }
  }
  externalData {
    tasks(first: 3, filter: { done: { eq: false } }) {
      totalCount
      edges {
        node {
          title
          createdAt
        }
      }
    }
  }
}
`,
  },
  {
    query: `# Only what the token says: this costs no call to Clerk.
query FromToken {
  viewer {
    id
    sessionId
    tokenExpiresAt
    organization {
      id
      slug
      role
    }
    actor {
      id
    }
  }
}
`,
  },
  {
    query: `# A page at a time: pass endCursor as "after" for the next one.
query Page($first: Int, $after: String, $orderBy: TaskOrder) {
  externalData {
    tasks(first: $first, after: $after, orderBy: $orderBy) {
      edges {
        cursor
        node {
          id
          title
          done
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
`,
    variables: JSON.stringify(
      { first: 2, after: null, orderBy: { field: 'TITLE', direction: 'ASC' } },
      null,
      2,
    ),
  },
  {
    query: `# What is left out stays as it is; null clears it.
mutation Rename($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    viewer {
      id
      fullName
    }
  }
}
`,
    variables: JSON.stringify({ input: { firstName: 'Augusta Ada' } }, null, 2),
  },
];
