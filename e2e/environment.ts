/** What scripts/e2e prepares: this process reads it here only. */
function given(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run the browser tests by \`make e2e\``)
  return value
}

/** The server's binary, with the web app inside. */
export const binary = given('LEAD_ROUTER_BINARY')

/** A folder that is not there yet, for the server's data. */
export const data = given('LEAD_ROUTER_E2E_DATA')

/** The browser. */
export const chromium = given('CHROMIUM')

/** Chromium's own sandbox needs an ordinary user. */
export const isRoot = process.getuid?.() === 0
