import { chaos } from './lifecycle/chaos';
import { reportFailure, runCommand } from './lifecycle/command';

/** `npm run bench:chaos -- [--seconds 60] [--seed 1]`: whether the gateway outlives its services. Exits with 1 where it does not. */
runCommand(60, chaos).catch(reportFailure);
