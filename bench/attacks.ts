import { attack } from './lifecycle/attacks';
import { reportFailure, runCommand } from './lifecycle/command';

/** `npm run bench:attacks -- [--seconds 60]`: how quickly attacks are refused, and what others notice. */
runCommand(60, attack).catch(reportFailure);
