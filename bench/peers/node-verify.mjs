// The limit without a cache: each token is verified, by node:crypto with a key that is imported once.
import { serveBare, verifyBare } from './shared/bare.mjs';

serveBare(verifyBare);
