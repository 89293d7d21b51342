import { handle } from '../../gateway';

// Methods that it does not take come along, so that the gateway's own 405 answers them.
export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
