// Next answers other methods with 405 by itself.
export { handle as POST } from '../../gateway';
