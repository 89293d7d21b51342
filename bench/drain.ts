import { reportFailure, runCommand } from './lifecycle/command';
import { rollingRestart } from './lifecycle/rolling-restart';

/** `npm run bench:drain -- [--seconds 60]`: whether servers can be replaced under load. Exits with 1 where a request is lost. */
runCommand(60, rollingRestart).catch(reportFailure);
