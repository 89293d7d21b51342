import { createServer } from 'node:http';
import { createGateway, nodeListener, parseEnv } from '../../../gateway';
import { listSchema } from './list-schema';

/** The gateway outside Next, with the list for its schema. Listens where HOSTNAME and PORT say. */
createServer(nodeListener(createGateway(parseEnv(), { schema: listSchema }))).listen(
  Number(process.env.PORT),
  process.env.HOSTNAME,
);
