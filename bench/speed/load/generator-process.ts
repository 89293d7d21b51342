import { type LoadOptions, load } from './load';

// A process of its own, so that it can have a core of its own. `Generator` starts it.
process.on('message', async (options: LoadOptions) => {
  try {
    process.send?.({ results: await load(options) });
  } catch (error) {
    process.send?.({ failure: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit(0));
