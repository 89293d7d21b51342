import { reportFailure, runCommand } from './lifecycle/command';
import { soak } from './lifecycle/soak';

/** `npm run bench:soak -- [--minutes 60]`: whether answers stay right and memory flat. Exits with 1 where they do not. */
runCommand(60 * 60, soak).catch(reportFailure);
