import { graphql } from '../gql';

export const ProfileDocument = graphql(`
  query Profile {
    viewer {
      id
      firstName
      lastName
      fullName
      primaryEmailAddress
      createdAt
      sessionId
      tokenExpiresAt
      actor {
        id
      }
      organization {
        id
        name
        slug
        role
        permissions
      }
    }
  }
`);

export const UpdateProfileDocument = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      viewer {
        id
        firstName
        lastName
        fullName
      }
    }
  }
`);
