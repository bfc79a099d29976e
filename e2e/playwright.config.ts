import { defineConfig } from '@playwright/test'
import { binary, chromium, data, isRoot } from './environment'
import { SAID_WHEN_READY } from './fixtures/demo'

/** Leads of the past year: enough for every page to have many, few enough to begin soon. */
const LEADS = 500

/** The journeys that change the rules, spend attempts to sign in, or are timed. */
const IN_TURN = /(feed|rules|rules-access|sign-in)\.spec\.ts$/

/** The server makes its Postgres and a year of leads before it is ready. */
const START_MS = 300_000

/** The browser talks to the server under test and to nobody else. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
]

export default defineConfig({
  testDir: 'tests',
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // One workspace, whose rules some journeys change, and one bar that is a time: those take turns,
  // after all that only looks and posts.
  projects: [
    { name: 'beside each other', testIgnore: IN_TURN, fullyParallel: true },
    {
      name: 'in turn',
      testMatch: IN_TURN,
      workers: 1,
      dependencies: ['beside each other'],
    },
  ],
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.LEAD_ROUTER_E2E_URL ?? '', // Known once the server has said so.
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    // A trace costs a third of the time: `scripts/e2e --trace on` makes one.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [...QUIET, ...(isRoot ? ['--no-sandbox'] : [])],
    },
  },
  webServer: {
    command: `"${binary}" demo --no-stream --history ${LEADS} --listen 127.0.0.1:0 --data "${data}"`,
    wait: { stdout: SAID_WHEN_READY },
    timeout: START_MS,
    env: { RUST_LOG: 'warn' },
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
  },
})
