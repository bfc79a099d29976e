import type { NextConfig } from 'next'
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants'

/** Where the API runs while `npm run dev` serves the pages. */
const API = process.env.LEAD_ROUTER_API ?? 'http://127.0.0.1:8080'

/**
 * The build is a static export, served by the Lead Router binary beside its API.
 *
 * `next dev` hands `/v1/*` on to a running server, because an export can have no rewrites.
 */
export default function config(phase: string): NextConfig {
  const shared: NextConfig = { trailingSlash: true, reactStrictMode: true }
  if (phase !== PHASE_DEVELOPMENT_SERVER) return { ...shared, output: 'export' }
  return {
    ...shared,
    skipTrailingSlashRedirect: true,
    allowedDevOrigins: ['127.0.0.1'],
    // Compression would hold the live feed's events back.
    compress: false,
    rewrites: () => Promise.resolve([{ source: '/v1/:path*', destination: `${API}/v1/:path*` }]),
  }
}
