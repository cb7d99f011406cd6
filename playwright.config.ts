import { defineConfig } from '@playwright/test'

const port = Number(process.env['E2E_PORT'] ?? 3210)

/** Runs against the built site (`next build` first), started here with sample data of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.test/browser-results',
  fullyParallel: true,
  // Two cores: the server needs one of them.
  workers: 2,
  timeout: 90_000,
  // As long as an action waits for what it acts on: with two workers on two cores a page may take its time.
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    browserName: 'chromium',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
  webServer: {
    command: `"${process.execPath}" --import tsx scripts/serve.ts`,
    url: `http://127.0.0.1:${port}/api/health`,
    timeout: 300_000,
    reuseExistingServer: false,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    env: {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
      DATA_DIR: '.test/browser-data',
      SAMPLE_PERCENT: '10',
      LOG_LEVEL: 'warn',
      // All of them come from one address, faster than people do. Limits are tested by themselves.
      RATE_LIMITS: 'off',
    },
  },
})
