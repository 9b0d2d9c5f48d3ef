const unit = {
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': '@swc/jest',
    // ESM-only packages that Fastify's parts require(): Jest on Node 20 cannot load them as they are.
    'node_modules/(cookie|content-disposition)/.+\\.js$': '@swc/jest',
  },
  transformIgnorePatterns: ['node_modules/(?!(cookie|content-disposition)/)'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['src', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
};

export default {
  projects: [
    {
      ...unit,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs}/**/*.test.{ts,tsx}'],
      testPathIgnorePatterns: ['\\.db\\.test\\.'],
    },
  ],
};
