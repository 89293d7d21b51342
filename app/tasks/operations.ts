import { graphql } from '../gql';

/** What both operations show of a page: it has to be the same, since Apollo joins their pages. */
export const TaskPageFragment = graphql(`
  fragment TaskPage on ExternalDataTasksConnection {
    totalCount
    edges {
      cursor
      node {
        id
        title
        done
        createdAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

export const TasksDocument = graphql(`
  query Tasks($first: Int!, $filter: TaskFilter, $orderBy: TaskOrder!) {
    viewer {
      id
      fullName
    }
    externalData {
      tasks(first: $first, filter: $filter, orderBy: $orderBy) {
        ...TaskPage
      }
    }
  }
`);

/** A further page. It leaves the viewer out, whose name would cost another call to Clerk. */
export const MoreTasksDocument = graphql(`
  query MoreTasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder!) {
    externalData {
      tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        ...TaskPage
      }
    }
  }
`);
