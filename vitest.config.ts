import { defineConfig } from 'vitest/config'

const root = new URL('.', import.meta.url).pathname

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    setupFiles: ['tests/setup/console.ts'],
    unstubEnvs: true,
    restoreMocks: true,
    // What comes soon comes later where every core has other work.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,db,components,scripts}/**/*.test.{ts,tsx}', 'tests/unit/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration-embedded',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/setup/global-embedded.ts'],
          // No file mocks a module or leaves a clock behind: they share what was loaded, which is a third of the time.
          isolate: false,
          provide: { engine: 'embedded' },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration-postgres',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/setup/global-postgres.ts'],
          // No file mocks a module or leaves a clock behind: they share what was loaded, which is a third of the time.
          isolate: false,
          provide: { engine: 'postgres' },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'crash',
          include: ['tests/crash/**/*.test.ts'],
          globalSetup: ['tests/setup/global-embedded.ts', 'tests/setup/global-postgres.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
