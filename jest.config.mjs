const typescript = {
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': '@swc/jest',
    // ESM-only packages that Fastify's parts require(): Jest on Node 20 cannot load them as they are.
    'node_modules/(cookie|content-disposition)/.+\\.js$': '@swc/jest',
  },
  transformIgnorePatterns: ['node_modules/(?!(cookie|content-disposition)/)'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['src', 'node', 'node-addons'] },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its ESM build imports JSON in a way that Jest warns about, a line for each file and import.
    '^libphonenumber-js/max$': '<rootDir>/node_modules/libphonenumber-js/max/index.cjs',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
};

/** Jest runs these only when a test of the project is about to run. */
const onPostgres = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export default {
  // One more than the cores of a small machine: most wait for a browser, a clock or a database now and then.
  maxWorkers: 3,
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60_000,
  projects: [
    {
      ...typescript,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs}/**/*.test.{ts,tsx}'],
      testPathIgnorePatterns: ['\\.db\\.test\\.'],
    },
    {
      ...typescript,
      ...onPostgres,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs}/**/*.db.test.{ts,tsx}'],
    },
    {
      ...typescript,
      ...onPostgres,
      displayName: 'journeys',
      globals: { wokenThrough: 'postgres' },
      testMatch: ['<rootDir>/test/journeys/**/*.test.{ts,tsx}'],
    },
    {
      ...typescript,
      ...onPostgres,
      displayName: 'journeys on Redis',
      globals: { wokenThrough: 'redis' },
      setupFilesAfterEnv: ['<rootDir>/test/support/on-redis.ts'],
      testMatch: ['the-whole-loop', 'stop-and-done', 'pause-and-deadline', 'a-moved-deadline'].map(
        (journey) => `<rootDir>/test/journeys/${journey}.test.ts`,
      ),
    },
    {
      ...typescript,
      displayName: 'house',
      testMatch: ['<rootDir>/test/house/**/*.test.ts'],
    },
  ],
};
