// Mercurius as its users run it.
import { serveMercurius } from './shared/mercurius.mjs';
import { verify } from './shared/verify.mjs';

await serveMercurius(verify);
